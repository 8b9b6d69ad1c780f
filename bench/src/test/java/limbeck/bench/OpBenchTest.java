package limbeck.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.kernel.scalar.ScalarKernels;
import limbeck.engine.kernel.simd.SimdKernels;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/**
 * What {@link OpBench} measures is computed: the bits of the scalar kernels, next to what the same
 * op gives in float64.
 */
class OpBenchTest {
  private static final double U = 0x1p-24;

  static Stream<Arguments> passes() throws NoSuchFieldException {
    String[] passes = OpBench.class.getField("pass").getAnnotation(Param.class).value();
    return Stream.of(OpCase.values())
        .flatMap(op -> Stream.of(passes).map(pass -> Arguments.of(op, OpPass.valueOf(pass))));
  }

  private static List<Tensor> results(OpCase op, OpPass pass, DType type, Kernels kernels) {
    OpRun run = new OpRun(op, pass, op.quickBatch(), type, kernels, Workers.inline());
    run.run();
    return run.results();
  }

  /**
   * Float32 sums of n terms are at most about n·u·Σ|terms| away from exact ones, and Σ|terms| is a
   * few times the largest result here. The catalogue of ops holds each element against a bound of
   * its own; this test is for the operands of the bench being the right ones, and used.
   */
  @ParameterizedTest
  @MethodSource("passes")
  void opsComputeWhatTheyDoInDouble(OpCase op, OpPass pass) {
    List<Tensor> exact = results(op, pass, DType.F64, new ScalarKernels());
    List<Tensor> scalar = results(op, pass, DType.F32, new ScalarKernels());
    List<Tensor> simd = results(op, pass, DType.F32, new SimdKernels());
    assertEquals(exact.size(), scalar.size());
    for (int k = 0; k < exact.size(); k++) {
      assertArrayEquals(scalar.get(k).floats(), simd.get(k).floats());
      assertNear(exact.get(k), scalar.get(k), 4 * (op.terms() + 4) * U);
    }
  }

  private static void assertNear(Tensor exact, Tensor actual, double relative) {
    double largest = 0;
    double error = 0;
    for (int i = 0; i < exact.size(); i++) {
      largest = Math.max(largest, Math.abs(exact.get(i)));
      error = Math.max(error, Math.abs(exact.get(i) - actual.get(i)));
    }
    assertTrue(largest > 1e-5, "nothing was computed");
    assertTrue(error <= relative * largest, error / largest + " exceeds " + relative);
  }

  @Test
  void theBenchRunsIt() {
    OpBench bench = new OpBench();
    bench.kernel = "simd";
    bench.workers = 2;
    bench.op = OpCase.CONV_64;
    bench.pass = OpPass.WEIGHTS;
    bench.setUp();
    List<Tensor> weights = bench.run();
    bench.tearDown();
    OpRun alone =
        new OpRun(
            OpCase.CONV_64,
            OpPass.BACKWARD,
            OpCase.CONV_64.batch(),
            DType.F32,
            KernelProvider.f32(),
            Workers.inline());
    alone.run();
    assertEquals(1, weights.size());
    assertArrayEquals(alone.results().get(1).floats(), weights.get(0).floats());
  }

  @Test
  void passesWithoutGradientAreRefused() {
    Kernels kernels = new ScalarKernels();
    assertThrows(
        IllegalArgumentException.class,
        () -> new OpRun(OpCase.RELU, OpPass.WEIGHTS, 2, DType.F32, kernels, Workers.inline()));
  }
}
