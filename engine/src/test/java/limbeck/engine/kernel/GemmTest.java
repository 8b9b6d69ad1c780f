package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.f64.DoubleGemm;
import limbeck.engine.kernel.scalar.ScalarGemm;
import limbeck.engine.kernel.simd.VectorGemm;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GemmTest {
  private static final int[] SIZES = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100};
  private static final int[] LONG = {384, 385, 512, 513, 4095, 4096, 4097, 9000};

  /** Shapes that are cut into pieces, for the caches or for threads. */
  private static final int[][] LARGE = {
    {100, 300, 784},
    {300, 100, 70},
    {257, 515, 130},
    {8, 1000, 600},
    {1, 700, 1500},
    {600, 10, 900},
    {601, 10, 900},
    {515, 4, 4096},
    {33, 65, 4100},
    {40, 530, 8200},
    {10, 10, 90000},
    {3, 50, 70000},
    {2, 900, 800},
    {2000, 1, 500}
  };

  static Stream<Named<Gemm>> kernels() {
    Named<Gemm> scalar = Named.of("scalar", new ScalarGemm());
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return vectors ? Stream.of(scalar, Named.of("simd", new VectorGemm())) : Stream.of(scalar);
  }

  private static void forms(int m, int n, int k, int gap, Consumer<GemmCase> body) {
    for (int form = 0; form < 4; form++) {
      body.accept(new GemmCase((form & 1) != 0, (form & 2) != 0, m, n, k, gap));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void smallShapesHaveTheBitsOfTheDefinition(Gemm gemm) {
    for (int m : SIZES) {
      for (int n : SIZES) {
        for (int k : SIZES) {
          forms(
              m,
              n,
              k,
              (m + n + k) % 3,
              c -> c.assertBits(c.multiply(gemm, Workers.inline()), "multiply"));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void longSumsHaveTheBitsOfTheDefinition(Gemm gemm) {
    for (int k : LONG) {
      for (int m : new int[] {1, 2, 3, 9}) {
        for (int n : new int[] {1, 5, 17, 34}) {
          forms(
              m,
              n,
              k,
              1,
              c -> {
                c.assertBits(c.multiply(gemm, Workers.inline()), "multiply");
                c.assertBits(c.multiplyPacked(gemm, Workers.inline()), "packed");
              });
        }
      }
    }
  }

  /** Long enough for vectors: shorter ones are left to scalar loops. */
  @ParameterizedTest
  @MethodSource("kernels")
  void fewRowsOrColumnsHaveTheBitsOfTheDefinition(Gemm gemm) {
    for (int few : new int[] {1, 2}) {
      for (int many : new int[] {16, 17, 31, 40}) {
        for (int k : new int[] {1025, 1032, 4103, 8200}) {
          forms(few, many, k, 1, c -> c.assertBits(c.multiply(gemm, Workers.inline()), "rows"));
          forms(many, few, k, 1, c -> c.assertBits(c.multiply(gemm, Workers.inline()), "columns"));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void packedHasTheBitsOfUnpacked(Gemm gemm) {
    for (int m : new int[] {0, 1, 2, 5, 8, 30}) {
      for (int n : SIZES) {
        for (int k : SIZES) {
          forms(m, n, k, 1, c -> c.assertBits(c.multiplyPacked(gemm, Workers.inline()), "packed"));
        }
      }
    }
  }

  /** Around the numbers of rows from which, and up to which, columns are the outer loop. */
  @ParameterizedTest
  @MethodSource("kernels")
  void packedOfFewRowsHasTheBitsOfUnpacked(Gemm gemm) {
    for (int m : new int[] {7, 9, 15, 16, 17, 31, 61, 127, 128, 129}) {
      for (int n : new int[] {96, 113, 300}) {
        for (int k : new int[] {70, 520}) {
          forms(m, n, k, 1, c -> c.assertBits(c.multiplyPacked(gemm, Workers.inline()), "packed"));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void repackedHasTheBitsOfUnpacked(Gemm gemm) {
    Gemm.Packed packed = null;
    for (int[] s : new int[][] {{9, 40, 70}, {3, 7, 5}, {1, 33, 17}, {9, 70, 600}, {5, 0, 3}}) {
      for (int form = 0; form < 4; form++) {
        GemmCase c = new GemmCase((form & 1) != 0, (form & 2) != 0, s[0], s[1], s[2], 1);
        packed = c.repack(gemm, packed);
        c.assertBits(c.multiplyPacked(gemm, Workers.inline(), packed), "repacked");
      }
    }
  }

  static Stream<Arguments> kernelsAndWorkers() {
    return kernels().flatMap(g -> Stream.of(1, 2, 3, 8).map(w -> Arguments.of(g, w)));
  }

  @ParameterizedTest
  @MethodSource("kernelsAndWorkers")
  void threadsDoNotShow(Gemm gemm, int count) {
    try (Workers workers = Workers.of(count)) {
      for (int[] s : LARGE) {
        GemmCase c = new GemmCase(s[0] % 2 == 0, s[1] % 3 != 0, s[0], s[1], s[2], 1);
        c.assertBits(c.multiply(gemm, workers), "workers=" + count);
        c.assertBits(c.multiplyPacked(gemm, workers), "packed, workers=" + count);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void rowOfABatchHasTheSameBitsInAnyBatch(Gemm gemm) {
    int n = 77;
    int k = 600;
    float[] a = new GemmCase(false, false, 50, n, k, 0).a;
    Tensor b = Tensor.view(new GemmCase(false, true, 50, n, k, 0).b, 1, Shape.of(n, k));
    Tensor whole = Tensor.zeros(DType.F32, Shape.of(50, n));
    gemm.multiply(
        Workers.inline(),
        false,
        true,
        50,
        n,
        k,
        Tensor.view(a, 1, Shape.of(50, k)),
        0,
        k,
        b,
        0,
        k,
        whole,
        0,
        n);
    for (int batch : new int[] {1, 2, 3, 8, 27}) {
      Tensor part = Tensor.zeros(DType.F32, Shape.of(batch, n));
      Tensor rows = Tensor.view(a, 1 + 23 * k, Shape.of(batch, k));
      gemm.multiply(Workers.inline(), false, true, batch, n, k, rows, 0, k, b, 0, k, part, 0, n);
      assertArrayEquals(
          Arrays.copyOfRange(whole.floats(), 23 * n, (23 + batch) * n),
          part.floats(),
          "batch " + batch);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void nanAndInfinityReachTheirRowAndColumnOnly(Gemm gemm) {
    for (float special :
        new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int m : new int[] {1, 9, 40}) {
        forms(
            m,
            37,
            130,
            1,
            c -> {
              c.a[c.indexA(c.m - 1, 129)] = special;
              c.b[c.indexB(0, 36)] = special;
              c.b[c.indexB(5, 3)] = 0;
              c.assertBits(c.multiply(gemm, Workers.inline()), "with " + special);
              c.assertBits(c.multiplyPacked(gemm, Workers.inline()), "packed with " + special);
            });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void negativeZeroThatUnderflowLeavesIsKept(Gemm gemm) {
    forms(
        9,
        35,
        6,
        1,
        c -> {
          Arrays.fill(c.a, -1e-30f);
          Arrays.fill(c.b, 1e-30f);
          assertEquals(-0f, c.expected(0, 0));
          c.assertBits(c.multiply(gemm, Workers.inline()), "underflow");
        });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void staysWithinTheBoundOfTheOracle(Gemm gemm) {
    int m = 30;
    int n = 40;
    int k = 5000;
    GemmCase c = new GemmCase(false, true, m, n, k, 0);
    double[] exact = oracle(c, false);
    double[] magnitude = oracle(c, true);
    float[] y = c.multiply(gemm, Workers.inline());
    // γₖ of float, Higham 2002 section 3.1, and γₖ of the oracle itself
    double gamma = k * 0x1p-24 / (1 - k * 0x1p-24) + k * 0x1p-52;
    for (int i = 0; i < m * n; i++) {
      assertTrue(Math.abs(y[c.at + i] - exact[i]) <= gamma * magnitude[i], "element " + i);
    }
  }

  private static double[] oracle(GemmCase c, boolean magnitudes) {
    Tensor a = Tensor.view(c.a, c.at, Shape.of(c.m, c.k)).to(DType.F64);
    Tensor b = Tensor.view(c.b, c.at, Shape.of(c.n, c.k)).to(DType.F64);
    Tensor y = Tensor.zeros(DType.F64, Shape.of(c.m, c.n));
    if (magnitudes) {
      Arrays.setAll(a.doubles(), i -> Math.abs(a.get(i)));
      Arrays.setAll(b.doubles(), i -> Math.abs(b.get(i)));
    }
    new DoubleGemm()
        .multiply(Workers.inline(), false, true, c.m, c.n, c.k, a, 0, c.k, b, 0, c.k, y, 0, c.n);
    return y.doubles();
  }

  @Tag("allocation")
  @ParameterizedTest
  @MethodSource("kernels")
  void allocatesNothingOnceWarm(Gemm gemm) {
    int[][] shapes = {
      {100, 120, 784},
      {1, 100, 100},
      {7, 33, 65},
      {100, 10, 300},
      {10, 9, 9000},
      {1, 300, 300},
      {300, 2, 100}
    };
    for (int[] s : shapes) {
      Tensor a = Tensor.zeros(DType.F32, Shape.of(s[0], s[2]));
      Tensor b = Tensor.zeros(DType.F32, Shape.of(s[1], s[2]));
      Tensor c = Tensor.zeros(DType.F32, Shape.of(s[0], s[1]));
      Workers workers = Workers.inline();
      Gemm.Packed packed = gemm.pack(true, s[1], s[2], b, 0, s[2]);
      Runnable products =
          () -> {
            gemm.multiply(
                workers, false, true, s[0], s[1], s[2], a, 0, s[2], b, 0, s[2], c, 0, s[1]);
            gemm.multiply(
                workers, true, false, s[0], s[1], s[2], a, 0, s[0], b, 0, s[1], c, 0, s[1]);
            gemm.multiplyPacked(workers, false, s[0], a, 0, s[2], packed, c, 0, s[1]);
          };
      assertEquals(0, leastBytesAllocated(products), Arrays.toString(s));
    }
  }

  /** How long the compiler may take, with everything else that waits for it. */
  private static final long PATIENCE = 30_000_000_000L;

  /** Vectors are objects until the compiler has removed them, so this asks again until it has. */
  private static long leastBytesAllocated(Runnable products) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (long start = System.nanoTime(); least > 0 && System.nanoTime() - start < PATIENCE; ) {
      long before = threads.getThreadAllocatedBytes(id);
      products.run();
      least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
    }
    return least;
  }

  static Stream<Named<Gemm>> all() {
    return Stream.concat(kernels(), Stream.of(Named.of("f64", new DoubleGemm())));
  }

  @ParameterizedTest
  @MethodSource("all")
  void refusesMatricesThatLeaveTheirTensor(Gemm gemm) {
    DType type = gemm instanceof DoubleGemm ? DType.F64 : DType.F32;
    Tensor x = Tensor.zeros(type, Shape.of(12));
    Tensor y = Tensor.zeros(type, Shape.of(4));
    var e =
        assertThrows(
            ShapeException.class,
            () -> gemm.multiply(Workers.inline(), false, true, 2, 2, 6, x, 0, 6, x, 1, 6, y, 0, 2));
    assertEquals(
        "gemm: b [2, 6] with rows of length 6 from element 1 does not fit a tensor of 12 elements",
        e.getMessage());
    assertThrows(
        ShapeException.class,
        () -> gemm.multiply(Workers.inline(), false, true, 2, 2, 6, x, 0, 6, x, 0, 6, y, 0, 1));
    assertThrows(ShapeException.class, () -> gemm.pack(false, 7, 2, x, 0, 7));
    Tensor ints = Tensor.zeros(DType.I32, Shape.of(12));
    assertThrows(
        ShapeException.class,
        () -> gemm.multiply(Workers.inline(), false, true, 2, 2, 6, ints, 0, 6, x, 0, 6, y, 0, 2));
  }

  @ParameterizedTest
  @MethodSource("all")
  void refusesWhatAnotherProviderPacked(Gemm gemm) {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(4));
    Tensor doubles = Tensor.zeros(DType.F64, Shape.of(4));
    boolean oracle = gemm instanceof DoubleGemm;
    Gemm.Packed packed =
        oracle
            ? new ScalarGemm().pack(true, 2, 2, x, 0, 2)
            : new DoubleGemm().pack(true, 2, 2, doubles, 0, 2);
    Tensor y = oracle ? doubles : x;
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> gemm.multiplyPacked(Workers.inline(), false, 1, y, 0, 2, packed, y, 0, 2));
    assertEquals("gemm: b was packed by another provider; pack it with this one", e.getMessage());
  }
}
