package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every question on the way to {@link Choice}, in JVMs that are made up. */
class ChoiceTest {
  private final FakeJvm jvm = new FakeJvm();

  private record FakeKernels(String name, int width) implements Kernels {
    @Override
    public Rows rows() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Winograd winograd() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Gemm newGemm() {
      throw new UnsupportedOperationException();
    }
  }

  /** A JVM with everything; tests take something away. Notes what it was asked. */
  private static final class FakeJvm implements Environment {
    final Kernels simdKernels = new FakeKernels("simd", 512);
    final Kernels scalarKernels = new FakeKernels("scalar", 0);
    final List<String> asked = new ArrayList<>();
    String simd;
    boolean module = true;
    String info = "mixed mode, sharing";
    int widest = 512;
    boolean fma = true;
    Throwable obstacle;

    @Override
    public String simd() {
      return simd;
    }

    @Override
    public boolean hasVectorModule() {
      asked.add("module");
      return module;
    }

    @Override
    public String vmInfo() {
      asked.add("info");
      return info;
    }

    @Override
    public int widestVector() {
      asked.add("widest");
      return widest;
    }

    @Override
    public boolean hasHardwareFma() {
      asked.add("fma");
      return fma;
    }

    @Override
    public Kernels simdKernels() throws ReflectiveOperationException {
      asked.add("simd");
      if (obstacle instanceof Error error) {
        throw error;
      }
      if (obstacle != null) {
        throw (ReflectiveOperationException) obstacle;
      }
      return simdKernels;
    }

    @Override
    public Kernels scalarKernels() {
      return scalarKernels;
    }
  }

  private void assertScalar(boolean refused, String reason, String... asked) {
    Choice choice = Choice.choose(jvm);
    assertSame(jvm.scalarKernels, choice.kernels());
    assertEquals(refused, choice.refused());
    assertEquals("scalar: " + reason, choice.reason());
    assertEquals(List.of(asked), jvm.asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unset", "auto", "128", "256", "512"})
  void takesVectorsWhereTheyAreFast(String simd) {
    jvm.simd = simd.equals("unset") ? null : simd;
    Choice choice = Choice.choose(jvm);
    assertSame(jvm.simdKernels, choice.kernels());
    assertFalse(choice.refused());
    assertEquals("simd 512 bit: Vector API present, hardware fma", choice.reason());
    assertEquals(List.of("module", "info", "widest", "fma", "simd"), jvm.asked);
  }

  @Test
  void obeysOffWithoutAskingFurther() {
    jvm.simd = "off";
    assertScalar(false, "system property limbeck.simd is off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "on", "64", "1024", "OFF", " auto"})
  void rejectsOtherValues(String simd) {
    jvm.simd = simd;
    String message =
        assertThrows(IllegalArgumentException.class, () -> Choice.choose(jvm)).getMessage();
    assertEquals(
        "system property limbeck.simd = " + simd + "; use auto, off, 128, 256 or 512", message);
    assertEquals(List.of(), jvm.asked);
  }

  @Test
  void needsTheModule() {
    jvm.module = false;
    assertScalar(
        true,
        "module jdk.incubator.vector is not resolved; start with --add-modules"
            + " jdk.incubator.vector for speed; results are the same",
        "module");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mixed mode, emulated-client, sharing", "interpreted mode", "Interpreted"})
  void needsTheOptimizingCompiler(String info) {
    jvm.info = info;
    Choice choice = Choice.choose(jvm);
    assertSame(jvm.scalarKernels, choice.kernels());
    assertTrue(choice.refused());
    assertTrue(
        choice.reason().startsWith("scalar: the JVM runs without its optimizing compiler ("));
    assertTrue(choice.reason().endsWith("; results are the same"));
    assertEquals(List.of("module", "info"), jvm.asked);
  }

  @Test
  void takesAnUnknownCompilerForAGoodOne() {
    jvm.info = null;
    assertSame(jvm.simdKernels, Choice.choose(jvm).kernels());
    jvm.info = "compiled mode";
    assertSame(jvm.simdKernels, Choice.choose(jvm).kernels());
  }

  @Test
  void needsWideVectors() {
    jvm.widest = 64;
    assertScalar(
        true,
        "the JVM has no vectors of 128 bit or more on this CPU; results are the same",
        "module",
        "info",
        "widest");
    jvm.widest = 128;
    assertSame(jvm.simdKernels, Choice.choose(jvm).kernels());
  }

  @Test
  void needsHardwareFma() {
    jvm.fma = false;
    assertScalar(
        true,
        "this CPU or JVM has no fma instruction; results are the same",
        "module",
        "info",
        "widest",
        "fma");
  }

  @Test
  void survivesKernelsThatDoNotStart() {
    List<Throwable> obstacles =
        List.of(
            new ClassNotFoundException("SimdKernels"),
            new NoClassDefFoundError("jdk/incubator/vector/Vector"),
            new ExceptionInInitializerError(new IllegalStateException("no species")),
            new InvocationTargetException(new IllegalStateException("no species")),
            new ServiceConfigurationError("no provider"));
    List<String> causes =
        List.of(
            "java.lang.ClassNotFoundException: SimdKernels",
            "java.lang.NoClassDefFoundError: jdk/incubator/vector/Vector",
            "java.lang.IllegalStateException: no species",
            "java.lang.IllegalStateException: no species",
            "java.util.ServiceConfigurationError: no provider");
    for (int i = 0; i < causes.size(); i++) {
      jvm.asked.clear();
      jvm.obstacle = obstacles.get(i);
      assertScalar(
          true,
          "the vector kernels do not start (" + causes.get(i) + "); results are the same",
          "module",
          "info",
          "widest",
          "fma",
          "simd");
    }
  }

  @Test
  void logsOneLine() {
    Lines lines = new Lines();
    jvm.fma = false;
    Choice.choose(jvm).logRefusal(lines);
    assertEquals(
        List.of(
            "INFO kernels: scalar: this CPU or JVM has no fma instruction; results are the same"),
        lines.lines);
  }

  private static final class Lines implements Logger {
    final List<String> lines = new ArrayList<>();

    @Override
    public String getName() {
      return "lines";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(level + " " + message + (thrown == null ? "" : " " + thrown));
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... arguments) {
      lines.add(level + " " + format + (arguments == null ? "" : List.of(arguments)));
    }
  }
}
