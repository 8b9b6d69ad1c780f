package limbeck.engine.kernel.scalar;

import static limbeck.engine.kernel.scalar.ColumnStrips.WIDTH;

import java.util.Arrays;
import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.MatrixBounds;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The matrix product in plain Java: B is copied into strips of columns, then each row of C adds up
 * four rows of a strip at a time.
 */
public final class ScalarGemm implements Gemm {
  /** Rows of op(B) in the strips at once: a strip of so many stays in the second-level cache. */
  private static final int DEPTH = 256;

  private static final int PACK = 0;
  private static final int PIECES = 1;
  private static final int ADD = 2;
  private static final int FINISH = 3;

  /** Multiplications done in the time of one elementary operation of {@link Chunks}. */
  private static final int SPEED = 8;

  private final Matrix a = new Matrix();
  private final Matrix b = new Matrix();
  private final Dots dots = new Dots();
  private final ColumnStrips strips = new ColumnStrips();
  private final RangeBody packing = new Loop(PACK);
  private final RangeBody pieces = new Loop(PIECES);
  private final RangeBody adding = new Loop(ADD);
  private final RangeBody finishing = new Loop(FINISH);
  private float[][] sums = {};
  private float[] partials = {};
  private int m;
  private int n;
  private float[] to;
  private int toAt;
  private int toLd;
  private float[] c;
  private int cAt;
  private int ldc;
  private int firstK;
  private boolean resume;
  private Finish finish;

  /** Whether the block of k at work is the last; whether C is final after the strips at work. */
  private boolean lastBlock;

  private boolean last;
  private int pieceRows;
  private int piecesDown;

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
    this.a.set(a.floats(), a.offset() + aAt, lda, transA);
    this.b.set(b.floats(), b.offset() + bAt, ldb, transB);
    this.c = c.floats();
    this.cAt = c.offset() + cAt;
    this.ldc = ldc;
    this.m = m;
    this.n = n;
    this.finish = finish;
    if (k == 0 || m == 0 || n == 0) {
      zero();
      finishAll(workers);
    } else if (m <= FEW && transB) {
      fewRows(workers, k, ldb);
    } else if (n <= FEW && !transA) {
      fewColumns(workers, k, lda);
    } else {
      blocks(workers, k);
    }
    this.a.array = null;
    this.b.array = null;
    this.c = null;
    this.finish = null;
    to = null;
  }

  private void zero() {
    for (int i = 0; i < m; i++) {
      Arrays.fill(c, cAt + i * ldc, cAt + i * ldc + n, 0);
    }
  }

  private void fewRows(Workers workers, int k, int ldb) {
    for (int i = 0; i < m; i++) {
      dots.vector(k, a.array, a.at(i, 0), a.columnStep)
          .matrix(n, b.array, b.at, ldb)
          .into(workers, c, cAt + i * ldc, 1);
    }
    finishAll(workers);
  }

  private void fewColumns(Workers workers, int k, int lda) {
    for (int j = 0; j < n; j++) {
      dots.vector(k, b.array, b.at(0, j), b.rowStep)
          .matrix(m, a.array, a.at, lda)
          .into(workers, c, cAt + j, ldc);
    }
    finishAll(workers);
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

  private void blocks(Workers workers, int k) {
    for (int block = 0; block < k; block += BLOCK) {
      if (block == 0) {
        to = c;
        toAt = cAt;
        toLd = ldc;
      } else {
        reservePartials();
      }
      lastBlock = k - block <= BLOCK;
      block(workers, block, Math.min(BLOCK, k - block));
      if (block > 0) {
        workers.forEach(m, Chunks.unitsPerChunk(m, n), adding);
      }
    }
  }

  private void reservePartials() {
    int size = Math.multiplyExact(m, n);
    if (partials.length < size) {
      partials = new float[size];
    }
    to = partials;
    toAt = 0;
    toLd = n;
  }

  private void block(Workers workers, int block, int length) {
    int across = (n + WIDTH - 1) / WIDTH;
    for (int from = 0; from < length; from += DEPTH) {
      int depth = Math.min(DEPTH, length - from);
      firstK = block + from;
      resume = from > 0;
      last = from + depth == length && block == 0 && lastBlock;
      strips.reserve(depth, n);
      workers.forEach(across, Chunks.unitsPerChunk(across, (long) depth * WIDTH), packing);
      int width = Math.min(n, WIDTH);
      pieceRows = Chunks.unitsPerChunk(m, Math.max(1, depth * width / SPEED));
      piecesDown = (m + pieceRows - 1) / pieceRows;
      reserveSums(piecesDown * across);
      int units = piecesDown * across;
      long cost = (long) pieceRows * depth * width / SPEED;
      workers.forEach(units, Chunks.unitsPerChunk(units, cost), pieces);
    }
  }

  private void reserveSums(int count) {
    int have = sums.length;
    if (have < count) {
      sums = Arrays.copyOf(sums, count);
      for (int i = have; i < count; i++) {
        sums[i] = new float[WIDTH];
      }
    }
  }

  /** A class: to link lambdas would cost the first prediction of a process milliseconds. */
  private final class Loop implements RangeBody {
    private final int what;

    Loop(int what) {
      this.what = what;
    }

    @Override
    public void run(int from, int to) {
      switch (what) {
        case PACK -> pack(from, to);
        case PIECES -> pieces(from, to);
        case ADD -> add(from, to);
        default -> finishRows(from, to);
      }
    }
  }

  private void pack(int from, int to) {
    for (int strip = from; strip < to; strip++) {
      strips.pack(strip, b, firstK, strip * WIDTH, Math.min(WIDTH, n - strip * WIDTH));
    }
  }

  private void pieces(int from, int to) {
    for (int piece = from; piece < to; piece++) {
      int i = piece % piecesDown * pieceRows;
      rows(i, Math.min(m, i + pieceRows), piece / piecesDown, sums[piece]);
    }
  }

  private void rows(int i, int end, int strip, float[] sum) {
    int width = Math.min(WIDTH, n - strip * WIDTH);
    for (; i < end; i++) {
      int at = toAt + i * toLd + strip * WIDTH;
      if (resume) {
        System.arraycopy(to, at, sum, 0, width);
      } else {
        Arrays.fill(sum, 0, width, 0);
      }
      strips.accumulate(strip, a.array, a.at(i, firstK), a.columnStep, sum, width);
      System.arraycopy(sum, 0, to, at, width);
      if (last && finish != null) {
        finish.run(i, strip * WIDTH, strip * WIDTH + width);
      }
    }
  }

  private void add(int from, int to) {
    for (int i = from; i < to; i++) {
      for (int j = 0; j < n; j++) {
        c[cAt + i * ldc + j] += partials[i * n + j];
      }
      if (lastBlock && finish != null) {
        finish.run(i, 0, n);
      }
    }
  }

  @Override
  public Packed repack(Packed used, boolean transB, int n, int k, Tensor b, int bAt, int ldb) {
    MatrixBounds.checkB(DType.F32, transB, n, k, b, bAt, ldb);
    Matrix from = new Matrix();
    from.set(b.floats(), b.offset() + bAt, ldb, transB);
    int size = Math.multiplyExact(n, k);
    boolean fits = used instanceof ByRows u && u.rows.size() >= size;
    Tensor rows = fits ? ((ByRows) used).rows : Tensor.zeros(DType.F32, Shape.of(size));
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < n; j++) {
        rows.floats()[i * n + j] = from.array[from.at(i, j)];
      }
    }
    return new ByRows(n, k, rows);
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
    if (!(b instanceof ByRows p)) {
      throw new IllegalArgumentException(
          "gemm: b was packed by another provider; pack it with this one");
    }
    multiply(workers, transA, false, m, p.n, p.k, a, aAt, lda, p.rows, 0, p.n, c, cAt, ldc, finish);
  }

  /** op(B) copied as [k, n], at the start of {@code rows}. */
  private record ByRows(int n, int k, Tensor rows) implements Packed {}
}
