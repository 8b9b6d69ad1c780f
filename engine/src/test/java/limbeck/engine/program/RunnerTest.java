package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import limbeck.engine.exec.Workers;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Running programs: any batch, the same bits, nothing allocated. */
class RunnerTest {
  private final Program program = Networks.branched();

  private static float[] run(Runner runner, float[] in) {
    float[] out = new float[in.length / Networks.IN * Networks.OUT];
    runner.run(in, out);
    return out;
  }

  /** More batch sizes than plans are kept, and back again. */
  @Test
  void anExampleHasTheSameBitsInAnyBatch() {
    Runner runner = program.runner(Workers.inline());
    float[] all = Networks.inputs(40);
    float[] one = new float[40 * Networks.OUT];
    for (int i = 0; i < 40; i++) {
      float[] x = Arrays.copyOfRange(all, i * Networks.IN, (i + 1) * Networks.IN);
      System.arraycopy(run(runner, x), 0, one, i * Networks.OUT, Networks.OUT);
    }
    for (int batch : new int[] {40, 1, 2, 3, 7, 16, 17, 31, 33, 39, 40, 2}) {
      float[] out = run(runner, Arrays.copyOf(all, batch * Networks.IN));
      assertArrayEquals(Arrays.copyOf(one, out.length), out, "batch " + batch);
    }
    try (Workers three = Workers.of(3)) {
      assertArrayEquals(one, run(program.runner(three), all));
    }
  }

  @Test
  void tensorsAndArraysAreTheSame() {
    Runner runner = program.runner(Workers.inline());
    float[] in = Networks.inputs(6);
    Tensor out = Tensor.zeros(DType.F32, program.outputShape(6));
    runner.run(Tensor.of(Shape.of(6, Networks.IN), in), out);
    assertArrayEquals(run(runner, in), out.floats());
    assertEquals(Shape.of(6, Networks.OUT), out.shape());
  }

  @Test
  void threadsChangeNoBitOfALargeNetwork() {
    Program wide = Networks.wide();
    float[] in = Networks.normal(8, 256, Networks.WIDE).floats();
    float[] inline = new float[in.length];
    wide.runner(Workers.inline()).run(in, inline);
    try (Workers three = Workers.of(3)) {
      Set<Thread> seen = ConcurrentHashMap.newKeySet();
      three.forEach(
          300,
          1,
          (from, to) -> {
            seen.add(Thread.currentThread());
            LockSupport.parkNanos(100_000);
          });
      assertTrue(seen.size() > 1, "the pool works with one thread only");
      Runner runner = wide.runner(three);
      for (int turn = 0; turn < 20; turn++) {
        float[] out = new float[in.length];
        runner.run(in, out);
        assertArrayEquals(inline, out, "turn " + turn);
      }
    }
  }

  static Stream<Named<Program>> programs() {
    return Stream.of(
        Named.of("branched", Networks.branched()), Named.of("recurrent", Networks.recurrent()));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void allocatesNothingForSizesSeenBefore(Program program) {
    try (Workers workers = Workers.of(2)) {
      Runner runner = program.runner(workers);
      int[] sizes = {1, 2, 5, 8, 16, 31, 64, 100};
      int each = program.example().size();
      float[][] in =
          Arrays.stream(sizes)
              .mapToObj(n -> Networks.normal(9, n, each).floats())
              .toArray(float[][]::new);
      float[][] out =
          Arrays.stream(sizes).mapToObj(n -> new float[n * Networks.OUT]).toArray(float[][]::new);
      Allocations.assertNone(call -> runner.run(in[call % sizes.length], out[call % sizes.length]));
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    Runner runner = program.runner(Workers.inline());
    float[] out = new float[Networks.OUT];
    assertSays(
        "run: 36 numbers are no batch of examples [37]", () -> runner.run(new float[36], out));
    assertSays("run: 0 numbers are no batch of examples [37]", () -> runner.run(new float[0], out));
    assertSays("run: output has 10 numbers, the array 5", () -> runner.run(new float[2 * 37], out));
    Tensor result = Tensor.zeros(DType.F32, Shape.of(1, Networks.OUT));
    assertSays(
        "run: input x [1, 36] is no batch of examples [37]",
        () -> runner.run(Tensor.zeros(DType.F32, Shape.of(1, 36)), result));
    assertSays(
        "run: input x is F64, the program expects F32",
        () -> runner.run(Tensor.zeros(DType.F64, Shape.of(1, 37)), result));
    assertArrayEquals(run(runner, Networks.inputs(1)), run(runner, Networks.inputs(1)));
  }

  private static void assertSays(String message, Runnable wrong) {
    ShapeException e = assertThrows(ShapeException.class, wrong::run);
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }
}
