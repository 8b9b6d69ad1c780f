package limbeck.engine.op.nn;

import java.util.Arrays;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.Winograd;
import limbeck.engine.op.Finish;
import limbeck.engine.op.Lane;
import limbeck.engine.tensor.Tensor;

/**
 * Strips of a {@link WinogradPass} whose tiles lie side by side: rows of planes are transformed
 * where they are, and results written where they belong. A row of tiles is cut into runs, which go
 * through the loops in pairs; the last one of an odd number is its own partner.
 */
final class WinogradPlanes {
  /** Rows of tiles kept between the two halves of a transform: those of a pair of runs. */
  private static final int KEPT = 2;

  private static final int LANES = Winograd.LANES;

  private final int[] kept = new int[KEPT];
  private WinogradSizes s;
  private Rows r;
  private Winograd loops;
  private Tensor x;

  /** Rows of tiles after the first half, [kept, channels, 4, rowLength]; zeros where x ends. */
  private Tensor halves;

  /** Four rows of all channels' planes, [4, channels, width], where some lie outside. */
  private Tensor edge;

  private int rowLength;

  /** The run that rows begin with. */
  private int left;

  /** Begins with images x. */
  void begin(Lane lane, WinogradSizes s, Rows r, Winograd loops, Tensor x) {
    this.s = s;
    this.r = r;
    this.loops = loops;
    this.x = x;
    rowLength = s.stripAcross * LANES + 2;
    halves = lane.scratch(WinogradPass.PIXELS, x.dtype(), KEPT * s.channels * 4 * rowLength);
    edge = lane.scratch(WinogradPass.RESULTS, x.dtype(), 4 * s.channels * s.width);
    left = -1;
  }

  /** Lets go of the tensors. */
  void end() {
    s = null;
    r = null;
    loops = null;
    x = null;
    halves = null;
    edge = null;
  }

  /**
   * Transforms rows of tiles {@code first} to {@code end}, {@code n} runs of each from run {@code
   * from} on.
   *
   * @param tiles matrices [channels, {@link #tiles}]
   */
  void input(int first, int end, int from, int n, Tensor tiles) {
    if (from != left) {
      left = from;
      Arrays.fill(kept, -1);
      r.fill(0, halves, 0, KEPT * s.channels * 4 * rowLength);
    }
    int runs = (end - first) * n;
    for (int run = 0; run < runs; run += 2) {
      int partner = Math.min(run + 1, runs - 1);
      int a = half(first + run / n, n) + run % n * LANES;
      int b = half(first + partner / n, n) + partner % n * LANES;
      loops.inputAcross(
          halves, a, b, rowLength, tiles, run * Winograd.RUN, tiles(runs), s.channels);
    }
  }

  /** Tiles of so many runs and the last one's partner. */
  static int tiles(int runs) {
    return Winograd.roundUp(runs, 2) * Winograd.RUN;
  }

  /** Index in {@link #halves} of {@code n} runs of a row of tiles. */
  private int half(int row, int n) {
    int slot = row % KEPT;
    int at = slot * s.channels * 4 * rowLength;
    if (kept[slot] != row) {
      kept[slot] = row;
      down(row, n, at);
    }
    return at;
  }

  /** The first half of the transform, of what is inside of x; the rest of a row stays zero. */
  private void down(int row, int n, int at) {
    int column = left * LANES - s.left;
    int from = Math.max(column, 0);
    int columns = Math.min(column + n * LANES + 2, s.width) - from;
    int to = at + from - column;
    int top = 2 * (row % s.down) - s.top;
    int plane = s.height * s.width;
    int first = row / s.down * s.channels * plane + top * s.width + from;
    if (top >= 0 && top + 4 <= s.height) {
      loops.inputDown(x, first, s.width, plane, columns, halves, to, rowLength, s.channels);
      return;
    }
    int all = s.channels * s.width;
    for (int line = 0; line < 4; line++) {
      if (top + line >= 0 && top + line < s.height) {
        int i = first + line * s.width;
        r.takeBlock(x, i, plane, 1, edge, line * all, s.width, s.channels, columns);
      } else {
        r.fill(0, edge, line * all, all);
      }
    }
    loops.inputDown(edge, 0, all, s.width, columns, halves, to, rowLength, s.channels);
  }

  /**
   * Transforms the results of the same tiles back.
   *
   * @param products matrices [outputs rounded up, tiles]
   * @param bias null if there is none
   */
  void output(int first, int end, int from, int n, Tensor products, Tensor bias, Tensor y) {
    int runs = (end - first) * n;
    int plane = s.rows * s.columns;
    for (int run = 0; run < runs; run += 2) {
      int partner = Math.min(run + 1, runs - 1);
      int a = result(first + run / n) + (from + run % n) * LANES;
      int b = result(first + partner / n) + (from + partner % n) * LANES;
      int i = run * Winograd.RUN;
      loops.outputRows(products, i, tiles(runs), y, a, b, s.columns, plane, s.outputs);
    }
    if (bias != null) {
      for (int row = first; row < end; row++) {
        addBias(bias, y, result(row) + from * LANES, n * LANES);
      }
    }
  }

  /** Does what follows to the results of the same tiles. */
  void finish(int first, int end, int from, int n, Finish finish, Tensor y) {
    boolean whole = n * LANES == s.columns; // rows follow each other without a gap
    for (int row = first; row < end; ) {
      int next = whole ? Math.min(end, (row / s.down + 1) * s.down) : row + 1;
      int count = whole ? 2 * (next - row) * s.columns : n * LANES;
      for (int o = 0; o < s.outputs; o++) {
        int at = result(row) + from * LANES + o * s.rows * s.columns;
        finish.run(r, y, at, count);
        if (!whole) {
          finish.run(r, y, at + s.columns, count);
        }
      }
      row = next;
    }
  }

  /** Index of a row of tiles in y. */
  private int result(int row) {
    return (row / s.down * s.outputs * s.rows + 2 * (row % s.down)) * s.columns;
  }

  /** To {@code n} columns of two rows in each plane. */
  private void addBias(Tensor bias, Tensor y, int i, int n) {
    for (int o = 0; o < s.outputs; o++) {
      int at = i + o * s.rows * s.columns;
      double value = bias.get(o);
      if (n == s.columns) { // rows follow each other without a gap
        r.addScalar(y, at, value, y, at, 2 * n);
      } else {
        r.addScalar(y, at, value, y, at, n);
        r.addScalar(y, at + s.columns, value, y, at + s.columns, n);
      }
    }
  }
}
