package limbeck.bench;

import java.util.concurrent.TimeUnit;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.scalar.ScalarKernels;
import limbeck.engine.kernel.simd.SimdKernels;
import limbeck.engine.tensor.DType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds of a row loop, in cache and out of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class RowsBench {
  /** The provider. */
  @Param({"simd", "scalar", "f64"})
  public String kernel;

  /** The loop. */
  @Param public RowLoop loop;

  /** Elements: a layer of a small network, and more than the second cache holds. */
  @Param({"1200", "1000000"})
  public int n;

  private Rows rows;
  private RowLoop.Operands operands;

  /** For JMH. */
  public RowsBench() {}

  /** Makes operands and kernel. */
  @Setup
  public void setUp() {
    rows =
        switch (kernel) {
          case "simd" -> new SimdKernels().rows();
          case "scalar" -> new ScalarKernels().rows();
          default -> KernelProvider.f64().rows();
        };
    operands = new RowLoop.Operands(kernel.equals("f64") ? DType.F64 : DType.F32, n);
  }

  /** One pass over the elements. */
  @Benchmark
  public Object run() {
    loop.run(rows, operands);
    return operands.y;
  }

  /** What is worked on, for the test. */
  RowLoop.Operands operands() {
    return operands;
  }
}
