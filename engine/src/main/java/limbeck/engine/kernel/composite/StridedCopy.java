package limbeck.engine.kernel.composite;

import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A copy in another order: y, dense and row-major over some axes, takes for each index (i₀, i₁, …)
 * the element {@code first} + Σ iₖ · strideₖ of x. Permutations, slices and repetitions differ in
 * their strides alone: permuted axes bring theirs along, every second element has twice the stride,
 * a repeated one has stride 0, a reversed one a negative stride.
 *
 * <pre>{@code
 * copy.from(0).axis(columns, 1).axis(rows, columns).run(workers, r, x, y); // y = xᵀ
 * }</pre>
 *
 * <p>Axes are given from the outermost in. Neighbours that lie in x as they do in y become one
 * axis: so what is left to do is the least there is. If the last axis has stride 1 or 0, runs of it
 * are copied or filled, and if it goes backwards, gone through one by one. Else the axis with
 * stride 1 and the last one are the rows and columns of a transposition, which is cut into bands of
 * rows, so that each line of x is read once, while it is in the cache.
 *
 * <p>To be used again and again, by one thread at a time, which shares the work out.
 */
public final class StridedCopy implements RangeBody {
  /** Rows of y that are transposed at a time: four cache lines of floats from each row of x. */
  private static final int BAND = 64;

  /** Columns of y that are transposed at a time; with a band about what makes a chunk. */
  private static final int STRIP = 2048;

  /** What starting a run costs, in elements. */
  private static final int START = 16;

  /** Those of a tensor, and as many along which each of them is repeated. */
  private static final int MOST_AXES = 2 * Shape.MAX_AXES;

  private final int[] sizes = new int[MOST_AXES];
  private final int[] strides = new int[MOST_AXES];
  private int rank;
  private int first;

  /** Of a transposition: the axis with stride 1, or −1, and its size; the last axis's numbers. */
  private int rowAxis;

  private int rows;
  private int columns;
  private int ldx;
  private int ldy;
  private int band;

  private Rows loops;
  private Tensor x;
  private Tensor y;

  /** A copy of nothing in particular yet. */
  public StridedCopy() {}

  /** Begins anew, without axes. */
  public StridedCopy from(int element) {
    rank = 0;
    first = element;
    return this;
  }

  /**
   * Adds an axis within those before.
   *
   * @param size its size in y
   * @param stride elements of x from one index to the next; negative where they are taken backwards
   */
  public StridedCopy axis(int size, int stride) {
    if (size == 1) {
      return this;
    }
    if (rank > 0 && strides[rank - 1] == (long) size * stride) {
      sizes[rank - 1] *= size;
      strides[rank - 1] = stride;
    } else {
      sizes[rank] = size;
      strides[rank] = stride;
      rank++;
    }
    return this;
  }

  /** Copies; y must have as many elements as the axes say. */
  public void run(Workers workers, Rows r, Tensor from, Tensor to) {
    if (to.size() == 0) {
      return;
    }
    if (rank == 0) {
      r.copy(from, first, to, 0, 1);
      return;
    }
    loops = r;
    x = from;
    y = to;
    columns = sizes[rank - 1];
    ldx = strides[rank - 1];
    if (ldx <= 1) {
      workers.forEach(to.size(), Chunks.unitsPerChunk(to.size(), 1 + START / columns), this);
    } else {
      findRows();
      int units = to.size() / rows / columns * parts(rows, band) * parts(columns, STRIP);
      long cost = 2L * Math.min(rows, band) * Math.min(columns, STRIP);
      workers.forEach(units, Chunks.unitsPerChunk(units, cost), this);
    }
    loops = null;
    x = null;
    y = null;
  }

  private static int parts(int size, int part) {
    return (size - 1) / part + 1;
  }

  private void findRows() {
    rowAxis = -1; // where every axis skips elements, each row of y is gathered alone
    rows = 1;
    ldy = 0;
    int step = columns;
    for (int k = rank - 2; k >= 0; k--) {
      if (strides[k] == 1) {
        rowAxis = k;
        rows = sizes[k];
        ldy = step;
      }
      step *= sizes[k];
    }
    band = Math.max(BAND, BAND * BAND / columns);
  }

  @Override
  public void run(int from, int to) {
    if (ldx <= 1) {
      copyRuns(from, to);
    } else {
      transpose(from, to);
    }
  }

  /** Elements {@code from} to {@code to} of y. */
  private void copyRuns(int from, int to) {
    int at = from;
    while (at < to) {
      int run = at / columns;
      int skipped = at - run * columns;
      int n = Math.min(columns - skipped, to - at);
      int source = startOf(run);
      if (ldx == 1) {
        loops.copy(x, source + skipped, y, at, n);
      } else if (ldx < 0) {
        copyBackwards(source + skipped * ldx, at, n);
      } else {
        loops.fill(x.get(source), y, at, n);
      }
      at += n;
    }
  }

  private void copyBackwards(int source, int at, int n) {
    for (int t = 0; t < n; t++) {
      y.set(at + t, x.get(source + t * ldx));
    }
  }

  /** The element of x that a run starts with. */
  private int startOf(int run) {
    int source = first;
    int rest = run;
    for (int k = rank - 2; k > 0; k--) {
      int outer = rest / sizes[k];
      source += (rest - outer * sizes[k]) * strides[k];
      rest = outer;
    }
    return rank == 1 ? source : source + rest * strides[0];
  }

  /** Blocks {@code from} to {@code to}, counted by strip, then band, then the other axes. */
  private void transpose(int from, int to) {
    int strips = parts(columns, STRIP);
    int bands = parts(rows, band);
    for (int block = from; block < to; block++) {
      int column = block % strips * STRIP;
      int row = block / strips % bands * band;
      int source = first + row + column * ldx;
      int target = row * ldy + column;
      int rest = block / strips / bands;
      int step = columns;
      for (int k = rank - 2; k >= 0; k--) {
        if (k != rowAxis) {
          int outer = rest / sizes[k];
          source += (rest - outer * sizes[k]) * strides[k];
          target += (rest - outer * sizes[k]) * step;
          rest = outer;
        }
        step *= sizes[k];
      }
      int height = Math.min(band, rows - row);
      int width = Math.min(STRIP, columns - column);
      loops.transpose(x, source, ldx, y, target, ldy, height, width);
    }
  }
}
