package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Linear;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Relu;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstRunsTest {
  private static final String PROPERTY = KernelProvider.PROPERTY;

  private String before;

  /** The builds of tests set it, so that programs run by vectors at once. */
  @BeforeEach
  void clearProperty() {
    before = System.clearProperty(PROPERTY);
  }

  @AfterEach
  void restoreProperty() {
    if (before != null) {
      System.setProperty(PROPERTY, before);
    }
  }

  private static Tensor normal(int seed, int... axes) {
    Tensor t = Tensor.zeros(DType.F32, Shape.of(axes));
    Philox random = new Philox(seed);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.normal(i));
    }
    return t;
  }

  private static Program program(int in, int out) {
    Program.Builder b = Program.builder(DType.F32, Shape.of(in));
    int w = b.constant("w", normal(1, out, in));
    int bias = b.constant("b", normal(2, out));
    b.step(new Relu(), b.step(new Linear(), 0, w, bias));
    return b.build();
  }

  @Test
  void allRunsHaveTheSameBits() {
    assertSameBits(program(37, 19), normal(3, 5, 37).floats(), 5 * 19);
  }

  private static void assertSameBits(Program program, float[] x, int size) {
    float[] expected = new float[size];
    program.runner(new OpContext(Workers.inline())).run(x, expected);
    Runner runner = program.runner(Workers.inline());
    for (int run = 0; run < 20; run++) {
      float[] y = new float[expected.length];
      runner.run(x, y);
      assertArrayEquals(expected, y, "run " + run);
    }
  }

  @Test
  void theContextChangesOnce() {
    FirstRuns first = FirstRuns.of(program(37, 19), Workers.inline());
    OpContext plain = first.context();
    int changes = 0;
    for (int run = 0; run < 20; run++) {
      changes += first.areOver() ? 1 : 0;
      assertEquals(run < 8 ? 0 : 1, changes, "run " + run);
    }
    assertNotSame(plain, first.context());
  }

  /** By Winograd: its weights are transformed in advance from the ninth run on only. */
  @Test
  void allRunsOfAConvolutionHaveTheSameBits() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(16, 9, 9));
    int w = b.constant("w", normal(1, 16, 16, 3, 3));
    Window window = new Window(3, 1, 1, 1);
    b.step(new Relu(), b.step(new Conv(List.of(window, window), 1, false), 0, w));
    assertSameBits(b.build(), normal(3, 2, 16, 9, 9).floats(), 2 * 16 * 9 * 9);
  }

  /** Weights are not packed for them in a JVM without vectors either. */
  @Test
  void whoTurnsVectorsOffHasFirstRuns() {
    System.setProperty(PROPERTY, "off");
    assertTrue(FirstRuns.of(program(37, 19), Workers.inline()).areAhead());
    allRunsHaveTheSameBits();
  }

  @Test
  void largeProgramsAndWhoAsksForVectorsHaveNone() {
    assertNeverOver(FirstRuns.of(program(1024, 1025), Workers.inline()));
    System.setProperty(PROPERTY, "auto");
    assertNeverOver(FirstRuns.of(program(37, 19), Workers.inline()));
    System.clearProperty(PROPERTY);
    assertNeverOver(FirstRuns.none(new OpContext(Workers.inline())));
  }

  private static void assertNeverOver(FirstRuns first) {
    OpContext context = first.context();
    for (int run = 0; run < 20; run++) {
      assertEquals(false, first.areOver());
    }
    assertSame(context, first.context());
  }
}
