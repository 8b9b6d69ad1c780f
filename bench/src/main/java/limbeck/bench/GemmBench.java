package limbeck.bench;

import java.util.concurrent.TimeUnit;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.scalar.ScalarGemm;
import limbeck.engine.kernel.simd.VectorGemm;
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

/** Microseconds of a matrix product: the shapes of the workloads, in all forms. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class GemmBench {
  /** The provider. */
  @Param({"simd", "scalar"})
  public String kernel;

  /** Threads. */
  @Param("1")
  public int workers;

  /**
   * The product, see {@link Product}: square ones and others that show something, then those of the
   * workloads, {@link limbeck.bench.workload.Products}.
   */
  @Param({
    "nn:512:512:512",
    "tt:512:512:512",
    "nn:1024:1024:1024",
    "nt:50:600:300",
    "np:50:600:300",
    "tn:16:144:65536",
    "np:1:64:64",
    "nt:100:1200:784",
    "nn:100:784:1200",
    "tn:1200:784:100",
    "nt:100:1200:1200",
    "nn:100:1200:1200",
    "tn:1200:1200:100",
    "nt:100:10:1200",
    "nn:100:1200:10",
    "tn:10:1200:100",
    "nt:100:800:784",
    "tn:800:784:100",
    "nt:32:64:64",
    "nn:32:64:64",
    "tn:64:64:32",
    "nt:2048:256:256",
    "nn:2048:256:256",
    "tn:256:256:2048",
    "nt:2048:1024:256",
    "nn:2048:256:1024",
    "tn:1024:256:2048",
    "nt:2048:256:1024",
    "nn:2048:1024:256",
    "tn:256:1024:2048",
    "nt:4096:128:128",
    "nt:4096:512:128",
    "nn:4096:128:512",
    "tn:512:128:4096",
    "nt:32:512:128",
    "tn:512:128:32",
    "nt:128:128:64",
    "nn:128:64:128",
    "tn:128:64:128",
    "nt:1600:600:300",
    "tn:600:300:1600",
    "nt:8:600:150",
    "nn:16:1024:144",
    "nt:16:144:1024",
    "nn:32:256:288",
    "nn:64:64:576",
    "np:1:1200:784",
    "nt:1:1200:784",
    "np:100:1200:784",
    "np:32:256:256",
    "np:32:384:384",
    "np:32:1536:384",
    "np:32:384:1536",
    "np:128:1536:384",
    "np:128:384:1536",
    "np:1024:1536:384",
    "nt:32:32:32",
    "nn:32:32:32",
    "np:32:600:300"
  })
  public String product;

  private Product operands;
  private Gemm gemm;
  private Workers pool;

  /** For JMH. */
  public GemmBench() {}

  /** Makes operands and kernel. */
  @Setup
  public void setUp() {
    operands = new Product(product);
    gemm = kernel.equals("simd") ? new VectorGemm() : new ScalarGemm();
    pool = Workers.of(workers);
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** One product. */
  @Benchmark
  public Tensor multiply() {
    return operands.run(gemm, pool);
  }

  /** What is multiplied, for the test. */
  Product operands() {
    return operands;
  }
}
