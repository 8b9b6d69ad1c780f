package limbeck.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.kernel.scalar.ScalarKernels;
import limbeck.engine.kernel.simd.SimdKernels;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Microseconds of an op, forward or backward, as the workloads use it. For convolutions, {@code -p
 * pass=INPUT,WEIGHTS} times the two gradients apart.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class OpBench {
  /** The provider: {@code simd} or {@code scalar}. */
  @Param("simd")
  public String kernel;

  /** Threads. */
  @Param("1")
  public int workers;

  /** The op and its shapes. */
  @Param public OpCase op;

  /** Forward, or all gradients. */
  @Param({"FORWARD", "BACKWARD"})
  public OpPass pass;

  private Workers pool;
  private OpRun run;

  /** For JMH. */
  public OpBench() {}

  /** Makes operands and kernels. */
  @Setup
  public void setUp() {
    Kernels kernels = kernel.equals("simd") ? new SimdKernels() : new ScalarKernels();
    pool = Workers.of(workers);
    run = new OpRun(op, pass, op.batch(), DType.F32, kernels, pool);
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** One pass. */
  @Benchmark
  public List<Tensor> run() {
    run.run();
    return run.results();
  }
}
