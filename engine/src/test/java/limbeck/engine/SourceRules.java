package limbeck.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The rules that all sources keep, and that no compiler checks. */
final class SourceRules {
  private static final int MOST_LINES = 400;
  private static final int MOST_COLUMNS = 120;
  private static final String INEXACT =
      "exp|expm1|log|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot";
  private static final String INEXACT_LANES =
      "EXP|EXPM1|LOG|LOG10|LOG1P|POW|SIN|COS|TAN|ASIN|ACOS|ATAN|ATAN2|SINH|COSH|TANH|CBRT|HYPOT";

  private SourceRules() {}

  /** All rules. The package-info rule needs to know the other files. */
  static List<SourceRule> all(Predicate<String> exists) {
    List<SourceRule> rules = new ArrayList<>();
    rules.addAll(numbers());
    rules.addAll(platform());
    rules.addAll(order());
    rules.addAll(style(exists));
    rules.add(DependencyRule.rule());
    rules.add(PublicDocsRule.rule());
    return rules;
  }

  private static boolean shipped(SourceFile f) {
    return f.isMain() && !f.module().equals("bench");
  }

  private static boolean inKernels(SourceFile f) {
    return f.isMain() && f.within("limbeck.engine.kernel");
  }

  /** The same bits everywhere: only operations that every JVM rounds alike. */
  private static List<SourceRule> numbers() {
    return List.of(
        SourceRule.code(
            "inexact function",
            SourceRules::shipped,
            "(?<![.\\w])(java\\.lang\\.)?Math\\s*\\.\\s*(" + INEXACT + ")\\b",
            "differs between JVMs; use limbeck.engine.math in float code, StrictMath elsewhere"),
        SourceRule.code(
            "strict function in a kernel",
            f -> inKernels(f) && !f.within("limbeck.engine.kernel.f64"),
            "\\bStrictMath\\b",
            "is slow and float64 only; use limbeck.engine.math, or move to kernel.f64"),
        SourceRule.code(
            "lane reduction",
            f -> shipped(f) && f.within("limbeck.engine"),
            "\\breduceLanes\\s*\\(\\s*(VectorOperators\\s*\\.\\s*)?(ADD|MUL)\\b",
            "has no defined order; store the lanes and add them in the fixed tree"),
        SourceRule.code(
            "inexact lanes",
            SourceRules::shipped,
            "\\blanewise\\s*\\(\\s*(VectorOperators\\s*\\.\\s*)?("
                + INEXACT_LANES
                + ")\\b"
                + "|\\bVectorOperators\\s*\\.\\s*("
                + INEXACT_LANES
                + ")\\b",
            "differs with the vector width; use polynomials, as kernel.simd.ExpLoops does"),
        SourceRule.code(
            "vector helper",
            SourceRules::shipped,
            "\\b(Float|Double|Int|Long)Vector\\s+\\w+\\s*\\(",
            "may stay a call and make every vector around it an object; spell the loop out with the"
                + " Vector API's own methods"),
        SourceRule.code(
            "preferred width",
            f -> shipped(f) && !List.of("Width", "KernelProvider").contains(f.name()),
            "\\bSPECIES_PREFERRED\\b|\\bofPreferred\\s*\\(|\\bpreferredShape\\s*\\(",
            "take the species from kernel.simd.Width, so that one property sets it for all"));
  }

  /** What locked-down JVMs refuse, and what hurts the host that embeds us. */
  private static List<SourceRule> platform() {
    return List.of(
        SourceRule.code(
            "incubator",
            f ->
                !f.within("limbeck.engine.kernel.simd", "limbeck.bench.peers")
                    && !f.name().equals("module-info"),
            "\\bjdk\\s*\\.\\s*incubator\\b",
            "only limbeck.engine.kernel.simd may use it; go through Rows or Gemm"),
        SourceRule.code(
            "common pool",
            f -> true,
            "\\bparallelStream\\b|\\.\\s*parallel\\s*\\(|\\bcommonPool\\b",
            "belongs to the host; use limbeck.engine.exec.Workers"),
        SourceRule.code(
            "unsafe", f -> true, "\\bUnsafe\\b", "refused by locked-down JVMs; use arrays"),
        SourceRule.code(
            "access",
            f -> true,
            "\\bsetAccessible\\b",
            "refused by modules; widen the API instead"),
        SourceRule.code(
            "native code",
            f -> true,
            "\\b(System|Runtime)\\s*\\.\\s*load(Library)?\\s*\\("
                + "|\\bnative\\s+\\w|\\bgetRuntime\\s*\\(\\s*\\)\\s*\\.\\s*load",
            "refused by locked-down JVMs; write it in Java"),
        SourceRule.code(
            "serialization",
            f -> true,
            "\\bObject(Input|Output)Stream\\b",
            "runs code from files; use safetensors or JSON from limbeck.engine.io"));
  }

  /** Nothing in a result may hang on hashes, clocks, chance or the user's language. */
  private static List<SourceRule> order() {
    return List.of(
        SourceRule.code(
            "hash order",
            f ->
                f.isMain()
                    && f.within(
                        "limbeck.engine.op", "limbeck.engine.kernel", "limbeck.engine.program"),
            "\\bHash(Map|Set)\\b",
            "its order may reach a result; use a List, LinkedHashMap or TreeMap"),
        SourceRule.code(
            "chance",
            f -> !f.module().equals("bench"),
            "\\bnew\\s+Random\\b|\\bMath\\s*\\.\\s*random\\b|\\bThreadLocalRandom\\b|\\bSecureRandom\\b",
            "use limbeck.engine.random.Philox with a stated seed; in tests jqwik or"
                + " SplittableRandom"),
        SourceRule.code(
            "wall clock",
            f -> !f.module().equals("bench"),
            "\\bcurrentTimeMillis\\b",
            "use System.nanoTime for durations, where time is reported"),
        SourceRule.code(
            "clock",
            f -> shipped(f) && !mayReadClock(f),
            "\\bnanoTime\\b",
            "time is measured where it is reported: in kd, nlp and bench"),
        SourceRule.code(
            "locale",
            f -> true,
            "\\bString\\s*\\.\\s*format\\s*\\(\\s*(?!\\s|Locale\\b|locale\\b)"
                + "|\\bprintf\\s*\\(\\s*(?!\\s|Locale\\b|locale\\b)"
                + "|\\.\\s*formatted\\s*\\(|\\.\\s*to(Lower|Upper)Case\\s*\\(\\s*\\)",
            "follows the user's language; pass Locale.ROOT (String.format for formatted)"));
  }

  /** Reports; waiting threads; and the two classes that time the hardware to choose what runs. */
  private static boolean mayReadClock(SourceFile f) {
    return List.of("kd", "nlp").contains(f.module())
        || f.within("limbeck.engine.exec")
        || List.of("KernelProvider", "Fma").contains(f.name());
  }

  private static List<SourceRule> style(Predicate<String> exists) {
    return List.of(
        SourceRule.text("tab", SourceFile::isJava, "\t", "indent with two spaces"),
        SourceRule.text(
            "long line",
            SourceFile::isJava,
            "^.{" + (MOST_COLUMNS + 1) + ",}$",
            "break it: mvn -q spotless:apply, then by hand"),
        SourceRule.code(
            "wildcard import",
            f -> true,
            "^import\\s+(static\\s+)?[\\w.]+\\.\\*\\s*;",
            "import each name"),
        SourceRule.text(
            "unfinished",
            f -> true,
            "\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b",
            "finish it, or say in a sentence what holds now"),
        SourceRule.code(
            "disabled test",
            SourceFile::isTest,
            "@(Disabled|Ignore)\\w*",
            "mend it or remove it; for what a machine lacks, use Assumptions with a reason"),
        SourceRule.file(
            "long file",
            SourceFile::isJava,
            f -> f.text().lines().count() > MOST_LINES,
            "has more than " + MOST_LINES + " lines; split it by concept"),
        SourceRule.file(
            "package-info",
            f -> f.isMain() && !f.name().equals("module-info"),
            f -> !exists.test(f.folder() + "/package-info.java"),
            "its package has no package-info.java; say in a sentence what the package is for"),
        SourceRule.file(
            "test name",
            f -> f.isTest() && !f.name().matches(".*(Test|Props)"),
            f ->
                f.code()
                    .matches(
                        "(?s).*@(Test|ParameterizedTest|RepeatedTest|TestFactory|Property|Example)\\b.*"),
            "is never run: the name of a class with tests ends in Test or Props"),
        SourceRule.text(
            "machine path",
            f -> true,
            "(?<![\\w.})*])/(work|root|home/\\w+|Users/\\w+|mnt/\\w+|tmp/wt)(/|\\b(?=\\s|$))|\\bC:\\\\+Users\\b",
            "names somebody's machine; use a path relative to the project"),
        SourceRule.text(
            "private word",
            f -> true,
            "(?i)\\b(sub"
                + "agents?|this ses"
                + "sion|BRIEF"
                + "\\.md|shared/des"
                + "ign|(issue|ticket) #\\d+)\\b",
            "the project speaks of itself alone; say the fact instead"));
  }
}
