package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Tiles.COLUMNS;
import static limbeck.engine.kernel.simd.Tiles.ROWS;
import static limbeck.engine.kernel.simd.Width.N;

import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.scalar.Matrix;

/**
 * The product over one block of k: one fma chain an element. K is cut into pieces for the cache; a later piece resumes
 * the chain from C. Packing pays when a panel is used often enough: else tiles read the operands where they are.
 *
 * <p>Goto and van de Geijn 2008, Anatomy of high-performance matrix multiplication.
 */
final class BlockProduct {
  /** Rows of C from which on it pays to pack a B that tiles could read unpacked, if it is large. */
  private static final int ROWS_TO_PACK = 24;

  /** Floats of op(B) above which it is large. */
  private static final int LARGE = 1 << 14;

  /** Columns of C from which on it pays to pack A. */
  private static final int COLUMNS_TO_PACK = 96;

  /** Multiplications a tile does in the time of one elementary operation of {@link Chunks}. */
  private static final int SPEED = 16;

  private final int budget;
  private final PackedRows ownRows = new PackedRows();
  private final PackedColumns ownColumns = new PackedColumns();
  private final RangeBody packRows = this::packRows;
  private final RangeBody packColumns = this::packColumns;
  private final RangeBody pieces = this::pieces;
  private float[] edges = {};

  private Matrix a;
  private Matrix b;
  private float[] c;
  private int cAt;
  private int ldc;
  private int m;
  private int n;
  /** The block: k from {@code block} on, so many. */
  private int block;
  private int length;
  /** The pieces of k that are packed at once. */
  private int fromSegment;
  private int toSegment;
  /** Rows of C in this round, and their pieces. */
  private int firstRow;
  private int endRow;
  private int pieceRows;
  private int pieceColumns;
  private int piecesDown;
  private boolean rowsPacked;
  /** Columns from here on are in {@code columns}, those before are read where they are. */
  private int packedFrom;
  private PackedColumns columns;

  /** A product whose packed operands take up to about {@code budget} floats each. */
  BlockProduct(int budget) {
    this.budget = budget;
  }

  /**
   * C[m, n] = op(A)[:, block .. block + length] · op(B)[block .. block + length, :].
   *
   * @param packed all of op(B), or null
   */
  void run(Workers workers, Matrix a, Matrix b, PackedColumns packed, int m, int n, int block, int length,
      float[] c, int cAt, int ldc) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.cAt = cAt;
    this.ldc = ldc;
    this.m = m;
    this.n = n;
    this.block = block;
    this.length = length;
    boolean packAll = packed == null && (b.columnStep != 1 || m >= ROWS_TO_PACK && (long) n * length > LARGE);
    packedFrom = packed != null || packAll ? 0 : n / N * N;
    rowsPacked = packedFrom == 0 && m >= ROWS && n >= COLUMNS_TO_PACK;
    columns = packed != null ? packed : ownColumns;
    int segments = Segments.count(length);
    for (fromSegment = 0; fromSegment < segments; fromSegment = toSegment) {
      toSegment = phaseEnd(segments);
      phase(workers, packed == null && packedFrom < n);
    }
    this.a = null;
    this.b = null;
    this.c = null;
    columns = null;
  }

  /** As many pieces as may be packed at once, at least one. */
  private int phaseEnd(int segments) {
    int to = fromSegment + 1;
    while (to < segments && (long) (k(to + 1) - k(fromSegment)) * Math.max(n - packedFrom, Math.min(m, n)) <= budget) {
      to++;
    }
    return to;
  }

  /** First k of a piece. */
  private int k(int segment) {
    return block + Segments.start(segment, length);
  }

  private void phase(Workers workers, boolean packing) {
    int k = k(toSegment) - k(fromSegment);
    if (packing) {
      columns.reserve(n, k, packedFrom, k(fromSegment), k);
      workers.forEach(columns.units(), Chunks.unitsPerChunk((long) k * COLUMNS), packColumns);
    }
    pieceColumns = Segments.columns(m, n, k);
    pieceRows = Segments.rows(m, pieceColumns, k);
    int most = rowsPacked ? Math.max(1, budget / k / pieceRows) * pieceRows : m;
    for (firstRow = 0; firstRow < m; firstRow = endRow) {
      endRow = (int) Math.min(m, (long) firstRow + most);
      rows(workers, k);
    }
  }

  private void rows(Workers workers, int k) {
    if (rowsPacked) {
      ownRows.reserve(firstRow, endRow, k(fromSegment), k);
      workers.forEach(ownRows.units(), Chunks.unitsPerChunk((long) k * ROWS), packRows);
    }
    piecesDown = (endRow - firstRow + pieceRows - 1) / pieceRows;
    if (n % N != 0 && edges.length < piecesDown * ROWS * N) {
      edges = new float[piecesDown * ROWS * N];
    }
    int piecesAcross = (n + pieceColumns - 1) / pieceColumns;
    long cost = (long) pieceRows * pieceColumns * k / SPEED;
    workers.forEach(piecesDown * piecesAcross, Chunks.unitsPerChunk(cost), pieces);
  }

  private void packRows(int from, int to) {
    for (int unit = from; unit < to; unit++) {
      for (int s = fromSegment; s < toSegment; s++) {
        ownRows.pack(a, unit, k(s), k(s + 1) - k(s));
      }
    }
  }

  private void packColumns(int from, int to) {
    for (int unit = from; unit < to; unit++) {
      for (int s = fromSegment; s < toSegment; s++) {
        columns.pack(b, unit, k(s), k(s + 1) - k(s));
      }
    }
  }

  private void pieces(int from, int to) {
    for (int unit = from; unit < to; unit++) {
      int down = unit % piecesDown;
      int i = firstRow + down * pieceRows;
      int j = unit / piecesDown * pieceColumns;
      for (int s = fromSegment; s < toSegment; s++) {
        piece(i, Math.min(endRow, i + pieceRows), j, Math.min(n, j + pieceColumns), s, down * ROWS * N);
      }
    }
  }

  /** Rows i to {@code endI}, columns j to {@code endJ} of C; row panels stay in the cache, column panels pass by. */
  private void piece(int i, int endI, int j, int endJ, int segment, int edge) {
    int k = k(segment);
    int count = k(segment + 1) - k;
    boolean resume = segment > 0;
    while (i < endI) {
      int h = Tiles.height(i, endI);
      if (rowsPacked) {
        strip(ownRows.array(), ownRows.at(i, k, count), 1, h, i, h, j, endJ, k, count, resume, edge);
      } else {
        strip(a.array, a.at(i, k), a.rowStep, a.columnStep, i, h, j, endJ, k, count, resume, edge);
      }
      i += h;
    }
  }

  /** h rows from row i on. */
  private void strip(float[] x, int xAt, int row, int column, int i, int h, int j, int endJ, int k, int count,
      boolean resume, int edge) {
    int at = cAt + i * ldc;
    if (h == 1) {
      j = wide(x, xAt, column, j, endJ, k, count, at, resume);
    }
    boolean panels = packedFrom == 0;
    boolean tiles = rowsPacked && panels && h == ROWS;
    for (; j + COLUMNS <= endJ; j += COLUMNS) {
      if (tiles) {
        tile(x, xAt, columns.array(), columns.at(j, k, count), count, at + j, resume);
      } else if (panels) {
        Tiles.run(h, 2, x, xAt, row, column, columns.array(), columns.at(j, k, count), COLUMNS, count, c, at + j, ldc, resume);
      } else {
        Tiles.run(h, 2, x, xAt, row, column, b.array, b.at(k, j), b.rowStep, count, c, at + j, ldc, resume);
      }
    }
    if (j < endJ) {
      narrow(x, xAt, row, column, h, j, endJ, k, count, at, resume, edge);
    }
  }

  private void tile(float[] x, int xAt, float[] y, int yAt, int count, int at, boolean resume) {
    if (ROWS == 8) {
      Tile8x2.run(x, xAt, y, yAt, count, c, at, ldc, resume);
    } else {
      Tile4x2.run(x, xAt, y, yAt, count, c, at, ldc, resume);
    }
  }

  /** One row, two panels at a time. */
  private int wide(float[] x, int xAt, int column, int j, int endJ, int k, int count, int at, boolean resume) {
    for (; j + 2 * COLUMNS <= endJ; j += 2 * COLUMNS) {
      if (packedFrom == 0) {
        Strip1.run(4, x, xAt, column, columns.array(), columns.at(j, k, count), COLUMNS, COLUMNS * count, count, c, at + j,
            resume);
      } else {
        Strip1.run(4, x, xAt, column, b.array, b.at(k, j), b.rowStep, COLUMNS, count, c, at + j, resume);
      }
    }
    return j;
  }

  /** The last columns, fewer than a tile has. */
  private void narrow(float[] x, int xAt, int row, int column, int h, int j, int endJ, int k, int count, int at,
      boolean resume, int edge) {
    if (j + N <= endJ) {
      if (packedFrom == 0) {
        Tiles.run(h, 1, x, xAt, row, column, columns.array(), columns.at(j, k, count), N, count, c, at + j, ldc, resume);
      } else {
        Tiles.run(h, 1, x, xAt, row, column, b.array, b.at(k, j), b.rowStep, count, c, at + j, ldc, resume);
      }
      j += N;
    }
    if (j < endJ) { // a tile would reach past C's row: it writes beside, and what belongs to C is copied
      if (resume) {
        copy(c, at + j, ldc, edges, edge, N, h, endJ - j);
      }
      Tiles.run(h, 1, x, xAt, row, column, columns.array(), columns.at(j, k, count), N, count, edges, edge, N, resume);
      copy(edges, edge, N, c, at + j, ldc, h, endJ - j);
    }
  }

  private static void copy(float[] x, int xAt, int ldx, float[] y, int yAt, int ldy, int rows, int n) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < n; j++) {
        y[yAt + r * ldy + j] = x[xAt + r * ldx + j];
      }
    }
  }
}
