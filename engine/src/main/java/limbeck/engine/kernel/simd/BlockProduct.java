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

  /** Elementary operations of {@link Chunks} that packing a number takes. */
  private static final int PACKING = 4;

  private final Operands o = new Operands();
  private final PackedColumns ownColumns = new PackedColumns();
  private final RangeBody packColumns = this::packColumns;
  private final RangeBody compute = this::compute;
  private final Pieces pieces = new Pieces(o);

  /** For a product of one piece, which needs no look for a free one and no division of C. */
  private final Piece alone = new Piece(o);

  /** The block: so many k from {@code block} on. */
  private int block;

  private int length;

  /** The segments at work: from one to before another. */
  private int segment;

  private int endSegment;

  private final Cut cut = new Cut();

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
    boolean packs = packed == null && o.packedFrom < o.n;
    int segments = Segments.count(length);
    cut(workers);
    int atOnce = packs || cut.down > 1 ? 1 : segments; // op(B) stays in the cache from row to row
    for (segment = 0; segment < segments; segment = endSegment) {
      endSegment = segment + atOnce;
      if (packs) {
        pack(workers);
      }
      if (cut.pieces() == 1) {
        run(alone, 0, o.m, 0, o.n);
      } else {
        pieces.reserve(workers.count());
        workers.forEach(cut.pieces(), 1, compute);
      }
    }
    o.release();
  }

  private void choose(PackedColumns packed) {
    boolean all = packed != null || o.b.columnStep != 1 || worthPacking();
    o.columns = packed != null ? packed : ownColumns;
    o.packedFrom = all ? 0 : o.n / N * N;
    o.rowsPacked = all && o.m >= ROWS && o.n >= COLUMNS_TO_PACK;
    boolean few = o.m >= 2 * ROWS && o.m <= Cut.FEW_ROWS;
    o.columnsOutside = few && o.rowsPacked && packed != null;
  }

  private boolean worthPacking() {
    long floats = (long) o.n * length;
    int fewest = floats > LARGE ? ROWS_TO_PACK : ROWS_TO_PACK_SMALLER;
    return o.m >= fewest && floats >= SMALLER;
  }

  private void cut(Workers workers) {
    boolean together = o.rowsPacked && o.a.columnStep != 1;
    int unit = together ? 2 * ROWS : ROWS;
    int fewest = (together ? PackedRows.PANELS : 2) * ROWS;
    cut.set(
        o.m,
        o.n,
        length,
        Segments.start(1, length),
        unit,
        fewest,
        o.columnsOutside,
        workers.count());
  }

  /** Segment by segment, so that what is packed comes from the cache when it is used. */
  private void pack(Workers workers) {
    int count = count(segment);
    ownColumns.reserve(o.n, count, o.packedFrom, start(segment), count);
    int units = ownColumns.units();
    long cost = (long) PACKING * count * COLUMNS;
    workers.forEach(units, Chunks.unitsPerChunk(units, cost), packColumns);
  }

  /** The first k of a segment. */
  private int start(int s) {
    return block + Segments.start(s, length);
  }

  private int count(int s) {
    return start(s + 1) - start(s);
  }

  private void packColumns(int from, int to) {
    for (int unit = from; unit < to; unit++) {
      ownColumns.pack(o.b, unit, start(segment), count(segment));
    }
  }

  private void compute(int from, int to) {
    Piece piece = pieces.take();
    try {
      for (int unit = from; unit < to; unit++) {
        compute(piece, unit % cut.down, unit / cut.down);
      }
    } finally {
      pieces.giveBack(piece);
    }
  }

  private void compute(Piece piece, int down, int across) {
    int i = cut.row(down);
    int endI = cut.row(down + 1);
    int j = cut.column(across);
    int endJ = cut.column(across + 1);
    run(piece, i, endI, j, endJ);
  }

  private void run(Piece piece, int i, int endI, int j, int endJ) {
    for (int s = segment; s < endSegment; s++) {
      boolean last = s + 1 == Segments.count(length);
      piece.run(i, endI, j, endJ, start(s), count(s), s > 0, last);
    }
  }
}
