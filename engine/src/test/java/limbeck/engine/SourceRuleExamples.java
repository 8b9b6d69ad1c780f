package limbeck.engine;

import java.util.List;

/** Sources that break each rule, and sources that look like it but do not. */
final class SourceRuleExamples {
  private static final String MAIN = "engine/src/main/java/limbeck/engine/";

  private SourceRuleExamples() {}

  /**
   * A file.
   *
   * @param rule the rule that it breaks, or keeps
   * @param line where it breaks it
   */
  record Example(String rule, int line, String path, String text) {
    String firstLine() {
      String last = text.substring(text.lastIndexOf(';', text.length() - 3) + 1).strip();
      return last.isEmpty() ? path : last.lines().findFirst().orElse(path);
    }
  }

  /** Line 3 of a file in package {@code pack} of the engine. */
  private static Example engine(String rule, String pack, String code) {
    return inClass(rule, MAIN + pack.replace('.', '/') + "/A.java", "limbeck.engine." + pack, code);
  }

  private static Example inClass(String rule, String path, String pack, String code) {
    return new Example(rule, 3, path, "package " + pack + ";\n\n" + code + "\n");
  }

  private static Example inTest(String rule, String code) {
    return inClass(
        rule, "engine/src/test/java/limbeck/engine/op/A.java", "limbeck.engine.op", code);
  }

  static final List<Example> BAD =
      List.of(
          engine("inexact function", "op", "double y = Math.exp(x);"),
          engine("inexact function", "math", "double y = java.lang.Math.pow(x, 2);"),
          engine("inexact function", "io", "import static java.lang.Math.tanh;"),
          engine("strict function in a kernel", "kernel.scalar", "double y = StrictMath.exp(x);"),
          engine("lane reduction", "kernel.simd", "s = v.reduceLanes(VectorOperators.ADD);"),
          engine("lane reduction", "kernel.simd", "s = v.reduceLanes(MUL);"),
          engine("inexact lanes", "kernel.simd", "v = v.lanewise(VectorOperators.EXP);"),
          engine("inexact lanes", "kernel.simd", "v = v.lanewise(TANH);"),
          engine("inexact lanes", "kernel.simd", "Unary f = VectorOperators.LOG;"),
          engine("vector helper", "kernel.simd", "static FloatVector load(float[] a, int i) {"),
          engine("preferred width", "kernel.simd", "s = FloatVector.SPECIES_PREFERRED;"),
          engine("incubator", "op", "import jdk.incubator.vector.FloatVector;"),
          inTest("incubator", "import jdk.incubator.vector.FloatVector;"),
          engine("common pool", "exec", "list.parallelStream();"),
          engine("common pool", "exec", "list.stream().parallel().sum();"),
          engine("common pool", "exec", "ForkJoinPool.commonPool();"),
          engine("unsafe", "tensor", "sun.misc.Unsafe u;"),
          engine("access", "tensor", "field.setAccessible(true);"),
          engine("native code", "tensor", "System.loadLibrary(name);"),
          engine("native code", "tensor", "System.load(name);"),
          engine("native code", "tensor", "private native int f();"),
          engine("serialization", "io", "new ObjectInputStream(in);"),
          engine("hash order", "program", "Map<Op, Integer> m = new HashMap<>();"),
          engine("hash order", "kernel.scalar", "Set<Op> s = new HashSet<>();"),
          engine("chance", "op", "Random r = new Random(1);"),
          engine("chance", "op", "double r = Math.random();"),
          inTest("chance", "new java.util.concurrent.ThreadLocalRandom();"),
          engine("wall clock", "io", "long t = System.currentTimeMillis();"),
          engine("clock", "op", "long t = System.nanoTime();"),
          engine("locale", "op", "String s = String.format(\"%f\", x);"),
          engine("locale", "op", "String s = \"%f\".formatted(x);"),
          engine("locale", "op", "String s = t.toLowerCase();"),
          engine("locale", "op", "out.printf(\"%f\", x);"),
          engine("tab", "op", "int\tx;"),
          engine("long line", "op", "// " + "x".repeat(118)),
          engine("wildcard import", "op", "import java.util.*;"),
          engine("wildcard import", "op", "import static java.util.List.*;"),
          engine("unfinished", "op", "// TO" + "DO: more"),
          engine("unfinished", "op", "/* FIX" + "ME */"),
          inTest("disabled test", "@Disabled void f() {}"),
          new Example("long file", 1, MAIN + "op/A.java", "\n".repeat(401)),
          new Example(
              "package-info", 1, "kd/src/main/java/limbeck/kd/A.java", "package limbeck.kd;\n"),
          new Example(
              "test name", 1, "kd/src/test/java/limbeck/kd/AProperties.java", "@Test void f() {}"),
          engine("machine path", "op", "// see " + "/wo" + "rk/main"),
          new Example("machine path", 1, "README.md", "cd /ho" + "me/me/limbeck"),
          new Example("machine path", 2, "run", "#!/bin/sh\ncd /ro" + "ot\n"),
          engine("private word", "op", "// as in iss" + "ue #12"),
          engine("dependency", "op", "import limbeck.autograd.Tape;"),
          engine("dependency", "op", "import org.joml.Vector2f;"),
          engine("dependency", "op", "import java.util.logging.Logger;"),
          engine("dependency", "op", "limbeck.kd.Teacher t;"),
          inClass(
              "dependency",
              "kd/src/main/java/limbeck/kd/data/A.java",
              "limbeck.kd.data",
              "import picocli.CommandLine;"),
          inClass(
              "dependency",
              "kd/src/main/java/limbeck/kd/recipe/A.java",
              "limbeck.kd.recipe",
              "import org.tomlj.Toml;"),
          inClass(
              "dependency",
              "nlp/src/main/java/limbeck/nlp/A.java",
              "limbeck.nlp",
              "import org.joml.Vector2f;"),
          engine("public docs", "op", "public class A {}"),
          new Example(
              "public docs",
              4,
              MAIN + "op/A.java",
              "/** A. */\npublic interface A {\n\n  int f();\n}\n"),
          new Example(
              "public docs",
              3,
              MAIN + "op/A.java",
              "/** A. */\npublic record A(int x) {\n  public int y() {\n    return x;\n  }\n}\n"),
          new Example(
              "public docs", 3, MAIN + "op/A.java", "/** A. */\npublic enum A {\n  B\n}\n"));

  static final List<Example> GOOD =
      List.of(
          engine("inexact function", "op", "// unlike Math.exp(x)\nString s = \"Math.exp(x)\";"),
          engine(
              "inexact function", "op", "double y = StrictMath.exp(Math.sqrt(Math.fma(a, b, c)));"),
          engine("inexact function", "op", "limbeck.engine.math.Math.exp(x);"),
          engine("strict function in a kernel", "kernel.f64", "double y = StrictMath.exp(x);"),
          engine("lane reduction", "kernel.simd", "s = v.reduceLanes(VectorOperators.MAX);"),
          engine(
              "inexact lanes",
              "kernel.simd",
              "v = v.lanewise(VectorOperators.SQRT).lanewise(ADD, w);"),
          engine("vector helper", "kernel.simd", "FloatVector v = FloatVector.fromArray(S, a, i);"),
          engine("incubator", "kernel.simd", "import jdk.incubator.vector.FloatVector;"),
          engine("hash order", "program", "Map<Op, Integer> m = new LinkedHashMap<>();"),
          engine("hash order", "io", "Map<String, Integer> m = new HashMap<>();"),
          engine("chance", "op", "new SplittableRandom(7); new RandomWalk();"),
          inClass(
              "clock",
              MAIN + "kernel/KernelProvider.java",
              "limbeck.engine.kernel",
              "long t = System.nanoTime();"),
          engine("locale", "op", "String s = String.format(\n    Locale.ROOT, \"%f\", x);"),
          engine("locale", "op", "String s = t.toLowerCase(Locale.ROOT);"),
          inTest("disabled test", "// @Disabled is not for us"),
          new Example(
              "test name", 1, "kd/src/test/java/limbeck/kd/AProps.java", "@Property void f() {}"),
          new Example(
              "machine path",
              1,
              "README.md",
              "see docs/work/ and ../shared/data, or https://x.org/root/"),
          engine("private word", "op", "// the next training session; an agent of change"),
          engine(
              "dependency", "op", "import java.util.List;\nimport limbeck.engine.tensor.Tensor;"),
          inClass(
              "dependency",
              "kd/src/main/java/limbeck/kd/cli/A.java",
              "limbeck.kd.cli",
              "import picocli.CommandLine;\nimport org.joml.Vector2f;"),
          inTest(
              "dependency",
              "import com.sun.management.ThreadMXBean;\nimport org.junit.jupiter.api.Test;"),
          engine("public docs", "op", "class A {\n  public int f() {\n    return 1;\n  }\n}"),
          engine(
              "public docs",
              "op",
              "/** A. */\n"
                  + "public record A(int x) {\n"
                  + "  /** No. */\n"
                  + "  public static final int N = 1;\n\n"
                  + "  @Override\n"
                  + "  public String toString() {\n"
                  + "    return \"\";\n"
                  + "  }\n"
                  + "}"));
}
