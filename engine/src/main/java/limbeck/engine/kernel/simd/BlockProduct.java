package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Tiles.COLUMNS;
import static limbeck.engine.kernel.simd.Tiles.ROWS;
import static limbeck.engine.kernel.simd.Width.N;

import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.scalar.Matrix;

/**
 * The product over one block of k: one fma chain an element. k is cut into segments for the cache;
 * a later one resumes the chain from C. Packing pays when a panel is used often enough; else tiles
 * read the operands where they are.
 *
 * <p>Goto and van de Geijn 2008, Anatomy of high-performance matrix multiplication.
 */
final class BlockProduct {
  /** Rows of C from which on it pays to pack a B that tiles could read unpacked, if it is large. */
  private static final int ROWS_TO_PACK = 3 * ROWS;

  /** Floats of op(B) above which it is large. */
  private static final int LARGE = 1 << 14;

  /** Rows of C from which on it pays to pack a smaller B, of so many floats at least. */
  private static final int ROWS_TO_PACK_SMALLER = 96;

  private static final int SMALLER = 1 << 12;

  /** Columns of C from which on it pays to pack A. */
  private static final int COLUMNS_TO_PACK = 96;

  /** Multiplications a tile does in the time of one elementary operation of {@link Chunks}. */
  private static final int SPEED = 16;

  /** Multiplications that are one piece, as {@link Segments} would say after some divisions. */
  private static final int ONE_PIECE = 1 << 17;

  private final Operands o = new Operands();
  private final PackedColumns ownColumns = new PackedColumns();
  private final RangeBody packColumns = this::packColumns;
  private final RangeBody compute = this::compute;
  private final Pieces pieces = new Pieces(o);

  /** The block: so many k from {@code block} on. */
  private int block;

  private int length;

  /** The segment at work: so many k from {@code from} on. */
  private int from;

  private int count;
  private boolean last;

  /** The pieces that C is cut into. */
  private int pieceRows;

  private int pieceColumns;
  private int piecesDown;

  /** Sets C[m, n], in rows of length {@code ldc}, and what follows; null: nothing. */
  BlockProduct into(int m, int n, float[] c, int cAt, int ldc, Gemm.Finish finish) {
    o.m = m;
    o.n = n;
    o.c = c;
    o.cAt = cAt;
    o.ldc = ldc;
    o.finish = finish;
    return this;
  }

  /**
   * C = op(A)[:, block .. block + length] · op(B)[block .. block + length, :]. The operands are
   * forgotten afterwards.
   *
   * @param packed all of op(B), or null
   */
  void run(Workers workers, Matrix a, Matrix b, PackedColumns packed, int block, int length) {
    o.a = a;
    o.b = b;
    this.block = block;
    this.length = length;
    choose(packed);
    int segments = Segments.count(length);
    for (int segment = 0; segment < segments; segment++) {
      from = block + Segments.start(segment, length);
      count = block + Segments.start(segment + 1, length) - from;
      last = segment + 1 == segments;
      if (packed == null && o.packedFrom < o.n) {
        pack(workers);
      }
      compute(workers);
    }
    o.release();
  }

  private void choose(PackedColumns packed) {
    boolean all = packed != null || o.b.columnStep != 1 || worthPacking();
    o.columns = packed != null ? packed : ownColumns;
    o.packedFrom = all ? 0 : o.n / N * N;
    o.rowsPacked = all && o.m >= ROWS && o.n >= COLUMNS_TO_PACK;
  }

  private boolean worthPacking() {
    long floats = (long) o.n * length;
    int fewest = floats > LARGE ? ROWS_TO_PACK : ROWS_TO_PACK_SMALLER;
    return o.m >= fewest && floats >= SMALLER;
  }

  /** Segment by segment, so that what is packed comes from the cache when it is used. */
  private void pack(Workers workers) {
    ownColumns.reserve(o.n, count, o.packedFrom, from, count);
    int unitsPerChunk = Chunks.unitsPerChunk((long) count * COLUMNS);
    workers.forEach(ownColumns.units(), unitsPerChunk, packColumns);
  }

  private void compute(Workers workers) {
    pieces.reserve(workers.count());
    if ((long) o.m * o.n * count <= ONE_PIECE) {
      pieceRows = o.m;
      pieceColumns = o.n;
      piecesDown = 1;
      compute(0, 1);
    } else {
      computePieces(workers);
    }
  }

  private void computePieces(Workers workers) {
    int fewest = o.rowsPacked && o.a.columnStep != 1 ? PackedRows.PANELS : 2;
    pieceColumns = Segments.columns(o.m, o.n, count);
    pieceRows = Segments.rows(o.m, pieceColumns, count, fewest * ROWS);
    piecesDown = (o.m + pieceRows - 1) / pieceRows;
    int units = piecesDown * ((o.n + pieceColumns - 1) / pieceColumns);
    long cost = (long) pieceRows * pieceColumns * count / SPEED;
    workers.forEach(units, Chunks.unitsPerChunk(cost), compute);
  }

  private void packColumns(int from, int to) {
    for (int unit = from; unit < to; unit++) {
      ownColumns.pack(o.b, unit, this.from, count);
    }
  }

  private void compute(int from, int to) {
    Piece piece = pieces.take();
    try {
      for (int unit = from; unit < to; unit++) {
        int i = unit % piecesDown * pieceRows;
        int j = unit / piecesDown * pieceColumns;
        int endI = Math.min(o.m, i + pieceRows);
        int endJ = Math.min(o.n, j + pieceColumns);
        piece.run(i, endI, j, endJ, this.from, count, this.from > block, last);
      }
    } finally {
      pieces.giveBack(piece);
    }
  }
}
