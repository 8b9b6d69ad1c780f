package limbeck.engine.op;

import java.util.Arrays;
import java.util.function.Supplier;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * What one chunk of an op's work needs for itself beside the row loops: a matrix product that runs
 * in the calling thread, and scratch memory. An op that computes many small products takes a lane
 * per chunk, so that chunks run side by side:
 *
 * <pre>{@code
 * c.forEach(images, cost, (from, to) -> {
 *   Lane lane = c.lane();
 *   Tensor patches = lane.scratch(0, x.dtype(), patchSize);
 *   …
 *   c.giveBack(lane);
 * });
 * }</pre>
 *
 * <p>Which lane a chunk gets cannot show in a result: scratch is undefined when it is taken, and
 * the product's buffers hold nothing from one call to the next.
 */
public final class Lane {
  /** How many scratch tensors of each type a lane has. */
  public static final int SLOTS = 6;

  private final Kernels f32;
  private final Kernels f64;
  private final boolean poison;
  private final Tensor[][] scratch = new Tensor[DType.values().length][SLOTS];
  private Object[] kept = {};
  private Gemm gemm32;
  private Gemm gemm64;

  Lane(Kernels f32, Kernels f64, boolean poison) {
    this.f32 = f32;
    this.f64 = f64;
    this.poison = poison;
  }

  /**
   * Flat scratch of at least {@code size} elements, undefined, until the lane is given back. The
   * same slot gives the same memory: use one slot for one purpose. Allocates only when it meets a
   * larger size than before.
   *
   * @param slot 0 to {@value #SLOTS} − 1
   */
  public Tensor scratch(int slot, DType type, int size) {
    Tensor[] ofType = scratch[type.ordinal()];
    if (ofType[slot] == null || ofType[slot].size() < size) {
      ofType[slot] = Tensor.zeros(type, Shape.of(size));
    }
    if (poison) {
      ofType[slot].fill(type == DType.I32 ? Integer.MIN_VALUE : Double.NaN);
    }
    return ofType[slot];
  }

  /**
   * The object of a type that this lane keeps, made when it is first asked for: for what a chunk
   * would otherwise make anew, such as sizes computed from shapes. Set all of it before use.
   */
  public <T> T keep(Class<T> type, Supplier<T> make) {
    for (Object object : kept) {
      if (type.isInstance(object)) {
        return type.cast(object);
      }
    }
    T made = make.get();
    kept = Arrays.copyOf(kept, kept.length + 1);
    kept[kept.length - 1] = made;
    return made;
  }

  /** C = op(A) · op(B) in the calling thread, by {@link Gemm#multiply}, with its bits. */
  public void multiply(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      Tensor a,
      int aAt,
      int lda,
      Tensor b,
      int bAt,
      int ldb,
      Tensor c,
      int cAt,
      int ldc) {
    gemm(c)
        .multiply(Workers.inline(), transA, transB, m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
  }

  /** C[m, n] = A[m, k] · B in the calling thread, with B from {@link OpContext#packed(int)}. */
  public void multiply(
      int m, Tensor a, int aAt, int lda, Gemm.Packed b, Tensor c, int cAt, int ldc) {
    gemm(c).multiplyPacked(Workers.inline(), false, m, a, aAt, lda, b, c, cAt, ldc);
  }

  /** The matrix product for tensors like {@code t}, for this lane's thread alone. */
  Gemm gemm(Tensor t) {
    if (t.dtype() == DType.F64) {
      return gemm64 == null ? gemm64 = f64.newGemm() : gemm64;
    }
    return gemm32 == null ? gemm32 = f32.newGemm() : gemm32;
  }
}
