package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.N;

import java.util.Arrays;
import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.MatrixBounds;
import limbeck.engine.kernel.scalar.Matrix;
import limbeck.engine.kernel.scalar.ScalarGemm;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * The matrix product with the Vector API: register tiles over packed panels, and paths for thin and
 * small shapes.
 */
public final class VectorGemm implements Gemm {
  /** Blocks of k computed side by side when C is too small to be cut. */
  private static final int SIDE_BY_SIDE = 16;

  /** Products up to this many multiplications a block are too small to be cut. */
  private static final long SMALL = 1 << 24;

  /**
   * Elements of the other operand up to which {@link #FEW} rows or columns are left to the scalar
   * twin, as in a classifier of two classes. Once a step, the few vectors of such a product stay
   * interpreted for hundreds of steps, where each is an object.
   */
  private static final int LITTLE = 1 << 14;

  private static final Workers INLINE = Workers.inline();

  private final Matrix a = new Matrix();
  private final Matrix b = new Matrix();
  private final BlockProduct whole = new BlockProduct();
  private final ThinProduct thin = new ThinProduct();
  private final NarrowProduct narrow = new NarrowProduct();
  private final ScalarGemm plain = new ScalarGemm();
  private final BlockProduct[] side = new BlockProduct[SIDE_BY_SIDE];
  private final RangeBody blocks = this::blocks;
  private final RangeBody finishing = this::finishRows;
  private final Finish adding = this::addPiece;
  private float[] partials = {};
  private int m;
  private int n;
  private int k;
  private float[] c;
  private int cAt;
  private int ldc;
  private Finish finish;
  private PackedColumns packed;
  private int firstBlock;
  private boolean lastBlock;

  @Override
  public void multiply(
      Workers workers,
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
      int ldc,
      Finish finish) {
    MatrixBounds.check(DType.F32, transA, transB, m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
    boolean fewRows = m > 0 && m <= FEW && (transA || transB);
    boolean fewColumns = n > 0 && n <= FEW && !transA;
    if (fewRows && isLittle(n, k, transB) || fewColumns && isLittle(m, k, true)) {
      plain.multiply(
          workers, transA, transB, m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc, finish);
      return;
    }
    this.a.set(a.floats(), a.offset() + aAt, lda, transA);
    this.b.set(b.floats(), b.offset() + bAt, ldb, transB);
    result(m, n, k, c, cAt, ldc, finish);
    if (fewRows && transB) {
      fewRows(workers);
    } else if (fewColumns) {
      fewColumns(workers);
    } else if (!transA && NarrowProduct.fits(m, n, k)) {
      narrow.into(n, this.c, this.cAt, ldc, finish).run(workers, m, k, this.a, this.b);
    } else {
      product(workers);
    }
    release();
  }

  /**
   * Whether few rows times that many columns, or few columns and that many rows, are too little
   * work for vectors.
   *
   * @param stored whether the numbers of each of the {@code count} lie side by side
   */
  private static boolean isLittle(int count, int k, boolean stored) {
    return (long) count * k <= LITTLE || stored && count < N;
  }

  /** Sets C and what follows the computation of its elements. */
  private void result(int m, int n, int k, Tensor c, int cAt, int ldc, Finish finish) {
    this.m = m;
    this.n = n;
    this.k = k;
    this.c = c.floats();
    this.cAt = c.offset() + cAt;
    this.ldc = ldc;
    this.finish = finish;
  }

  private void fewRows(Workers workers) {
    thin.rows(m, a).columns(n, b).into(workers, k, c, cAt, ldc, 1);
    finishAll(workers);
  }

  /** As few rows of the transposed product, Cᵀ = op(B)ᵀ · op(A)ᵀ. */
  private void fewColumns(Workers workers) {
    a.transpose();
    b.transpose();
    thin.rows(n, b).columns(m, a).into(workers, k, c, cAt, 1, ldc);
    finishAll(workers);
  }

  @Override
  public Packed repack(Packed used, boolean transB, int n, int k, Tensor b, int bAt, int ldb) {
    MatrixBounds.checkB(DType.F32, transB, n, k, b, bAt, ldb);
    PackedColumns result = used instanceof PackedColumns p ? p : new PackedColumns();
    result.reserve(n, k, 0, 0, k);
    this.b.set(b.floats(), b.offset() + bAt, ldb, transB);
    for (int block = 0; block < k; block += BLOCK) {
      int length = Math.min(BLOCK, k - block);
      for (int s = 0; s < Segments.count(length); s++) {
        int from = Segments.start(s, length);
        for (int unit = 0; unit < result.units(); unit++) {
          result.pack(this.b, unit, block + from, Segments.start(s + 1, length) - from);
        }
      }
    }
    release();
    return result;
  }

  @Override
  public void multiplyPacked(
      Workers workers,
      boolean transA,
      int m,
      Tensor a,
      int aAt,
      int lda,
      Packed b,
      Tensor c,
      int cAt,
      int ldc,
      Finish finish) {
    if (!(b instanceof PackedColumns columns)) {
      throw new IllegalArgumentException(
          "gemm: b was packed by another provider; pack it with this one");
    }
    MatrixBounds.checkA(DType.F32, transA, m, b.k(), a, aAt, lda);
    MatrixBounds.checkC(DType.F32, m, b.n(), c, cAt, ldc);
    this.a.set(a.floats(), a.offset() + aAt, lda, transA);
    result(m, b.n(), b.k(), c, cAt, ldc, finish);
    packed = columns;
    product(workers);
    release();
  }

  private void release() {
    a.array = null;
    b.array = null;
    c = null;
    finish = null;
    packed = null;
  }

  private void product(Workers workers) {
    if (k == 0) {
      for (int i = 0; i < m; i++) {
        Arrays.fill(c, cAt + i * ldc, cAt + i * ldc + n, 0);
      }
      finishAll(workers);
    } else if (m > 0 && n > 0) {
      if (k > BLOCK && (long) m * n * BLOCK < SMALL) {
        blocksSideBySide(workers);
      } else {
        blocksInTurn(workers);
      }
    }
  }

  /** For a C so small that all of it is in cache at the end. */
  private void finishAll(Workers workers) {
    if (finish != null && n > 0) {
      workers.forEach(m, Chunks.unitsPerChunk(m, n), finishing);
    }
  }

  private void finishRows(int from, int to) {
    for (int i = from; i < to; i++) {
      finish.run(i, 0, n);
    }
  }

  private void blocksInTurn(Workers workers) {
    Finish first = k <= BLOCK ? finish : null;
    whole.into(m, n, c, cAt, ldc, first).run(workers, a, b, packed, 0, Math.min(BLOCK, k));
    for (int from = BLOCK; from < k; from += BLOCK) {
      int length = Math.min(BLOCK, k - from);
      reservePartials(Math.multiplyExact(m, n));
      lastBlock = from + length == k;
      whole.into(m, n, partials, 0, n, adding).run(workers, a, b, packed, from, length);
    }
  }

  /** Adds a piece of a row of a block's product to C, while it is in cache. */
  private void addPiece(int row, int from, int to) {
    for (int j = from; j < to; j++) {
      c[cAt + row * ldc + j] += partials[row * n + j];
    }
    if (lastBlock && finish != null) {
      finish.run(row, from, to);
    }
  }

  private void blocksSideBySide(Workers workers) {
    int count = (k - 1) / BLOCK + 1;
    int wave = Math.min(count, SIDE_BY_SIDE);
    reservePartials(wave * m * n);
    for (int i = 0; i < wave; i++) {
      side[i] = side[i] == null ? new BlockProduct() : side[i];
    }
    long cost = (long) BLOCK * (m * n / Chunks.MULTIPLY_ADDS + m + n);
    for (firstBlock = 0; firstBlock < count; firstBlock += wave) {
      int now = Math.min(wave, count - firstBlock);
      workers.forEach(now, Chunks.unitsPerChunk(now, cost), blocks);
      for (int i = 0; i < now; i++) {
        if (firstBlock + i == 0) {
          copyPartial();
        } else {
          addPartial(i * m * n);
        }
      }
    }
    finishAll(workers);
  }

  private void blocks(int from, int to) {
    for (int i = from; i < to; i++) {
      int start = (firstBlock + i) * BLOCK;
      side[i]
          .into(m, n, partials, i * m * n, n, null)
          .run(INLINE, a, b, packed, start, Math.min(BLOCK, k - start));
    }
  }

  private void reservePartials(int size) {
    if (partials.length < size) {
      partials = new float[size];
    }
  }

  private void copyPartial() {
    for (int i = 0; i < m; i++) {
      System.arraycopy(partials, i * n, c, cAt + i * ldc, n);
    }
  }

  private void addPartial(int at) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        c[cAt + i * ldc + j] += partials[at + i * n + j];
      }
    }
  }
}
