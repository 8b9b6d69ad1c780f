package limbeck.engine.op.nn;

import limbeck.engine.exec.Chunks;
import limbeck.engine.kernel.Winograd;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.tensor.Shape;

/**
 * When {@link Conv} goes by {@link Winograd}, and how it cuts planes into tiles of 2 × 2 results,
 * and these into strips: some rows of tiles, which may be of several images, or a part of one row.
 */
final class WinogradSizes {
  /** Channels below which the tiles' transforms, or lanes left empty, cost more than they save. */
  private static final int FEWEST = 16;

  /** Channels above which the 16 matrices of weights leave the cache from strip to strip. */
  private static final int MOST = 256;

  /** Most padding at the left with which a run reads a vector's worth of x at least. */
  private static final int MOST_PADDING = 2;

  /** Most tiles of a strip: more do not make the products faster. */
  private static final int TILES = 64;

  /** Elements of a matrix of a strip's tiles. */
  private static final int ELEMENTS = 4096;

  /**
   * Where tiles lie side by side, elements that those of a strip take in a matrix of the data and
   * one of the result: more leave the first-level cache too far behind.
   */
  private static final int SIDE_BY_SIDE = 2048;

  /** Tiles of a pair of runs. */
  private static final int PAIR = 2 * Winograd.RUN;

  /** Tiles of two pairs: what products want at least, two vectors of 512 bits. */
  private static final int PAIRS = 2 * PAIR;

  int batch;

  /** Channels of the data, and their number rounded up to whole vectors. */
  int channels;

  int lanes;

  /** Channels of the result, and their number rounded up. */
  int outputs;

  int outputLanes;

  /** Planes of the data. */
  int height;

  int width;

  /** Planes of the result. */
  int rows;

  int columns;

  /** Rows and columns of padding. */
  int top;

  int left;

  /** Tiles of a plane, down and across. */
  int down;

  int across;

  /**
   * Whether tiles lie side by side and not channels, which needs no transposition: for planes whose
   * rows are whole runs of tiles, and whose tiles are whole, of not too many channels. Then across
   * and what follows count runs.
   */
  boolean byTiles;

  /** Tiles across of a strip, and rows of tiles. */
  int stripAcross;

  int stripDown;

  /** Parts that a row of tiles is cut into. */
  int parts;

  /**
   * Whether a convolution goes by Winograd: windows of 3 × 3 that move by one, one group, enough
   * channels, and planes of a whole tile at least.
   */
  static boolean fits(Conv op, Shape w, Shape y) {
    return fits(op, w) && y.axis(2) > 1 && y.axis(3) > 1;
  }

  /** Whether a convolution with weights of this shape goes by Winograd, on planes large enough. */
  static boolean fits(Conv op, Shape w) {
    boolean three = op.windows().size() == 2 && op.groups() == 1;
    for (Window window : op.windows()) {
      three &= window.size() == 3 && window.stride() == 1 && window.dilation() == 1;
    }
    return three && fits(w.axis(0)) && fits(w.axis(1));
  }

  private static boolean fits(int channels) {
    return channels >= FEWEST && channels <= MOST;
  }

  /** Whether the gradient of x goes the same way: its padding must not be negative. */
  static boolean fitsInputGradient(Conv op) {
    return Planes.down(op.windows()).padding() <= 2 && Planes.across(op.windows()).padding() <= 2;
  }

  /** Sizes of the forward pass from {@code x} to {@code y}, shared by so many threads. */
  void forward(Conv op, Shape x, Shape y, int threads) {
    top = Planes.down(op.windows()).padding();
    left = Planes.across(op.windows()).padding();
    set(x, y);
    choose();
    cut(lanes + outputLanes, threads);
  }

  /** Sizes of the pass from {@code dy} to {@code dx}: a convolution with windows turned over. */
  void inputGradient(Conv op, Shape dy, Shape dx, int threads) {
    top = 2 - Planes.down(op.windows()).padding();
    left = 2 - Planes.across(op.windows()).padding();
    set(dy, dx);
    choose();
    cut(lanes + outputLanes, threads);
  }

  /** Sizes of the pass from {@code x} and {@code dy} to the gradient of the weights. */
  void weightGradient(Conv op, Shape x, Shape dy) {
    top = Planes.down(op.windows()).padding();
    left = Planes.across(op.windows()).padding();
    set(x, dy);
    cut(Math.max(lanes, outputLanes), 1);
  }

  private void set(Shape data, Shape result) {
    batch = data.axis(0);
    channels = data.axis(1);
    lanes = Winograd.roundUp(channels, Winograd.LANES);
    outputs = result.axis(1);
    outputLanes = Winograd.roundUp(outputs, Winograd.LANES);
    height = data.axis(2);
    width = data.axis(3);
    rows = result.axis(2);
    columns = result.axis(3);
    down = (rows + 1) / 2;
    across = (columns + 1) / 2;
    byTiles = false;
  }

  /** Turns to tiles side by side where they fit. */
  private void choose() {
    boolean whole = rows % 2 == 0 && columns % Winograd.LANES == 0;
    boolean room = Math.max(lanes, outputLanes) * PAIRS <= ELEMENTS;
    byTiles = whole && room && width >= Winograd.LANES && left <= MOST_PADDING;
    if (byTiles) {
      across = columns / Winograd.LANES;
    }
  }

  /**
   * Cuts strips, a tile of which takes {@code each} elements. A few images are cut for all threads:
   * but for the gradient of weights, strips cannot show in a result.
   */
  private void cut(int each, int threads) {
    int most = Math.min(TILES, ELEMENTS / each / Winograd.ROWS * Winograd.ROWS);
    if (byTiles) {
      most = Math.max(PAIRS, SIDE_BY_SIDE / each) / PAIR * 2;
    }
    int all = batch * down * across;
    int ofThread = ConvSizes.pieces(all, Chunks.threads(threads, all * costOfOne()));
    most =
        Math.min(most, Winograd.roundUp(ofThread, byTiles ? PAIRS / Winograd.RUN : Winograd.ROWS));
    stripAcross = ConvSizes.evenly(across, most);
    stripDown = most / stripAcross;
    parts = ConvSizes.pieces(across, stripAcross);
  }

  /** Strips of so many images. */
  int strips(int images) {
    return images == 0 ? 0 : ConvSizes.pieces(images * down, stripDown) * parts;
  }

  /** Elementary operations of a strip, roughly. */
  long cost() {
    return (long) stripDown * stripAcross * costOfOne();
  }

  /** Of a tile, or a run of them. */
  private long costOfOne() {
    long tiles = byTiles ? Winograd.RUN : 1;
    long products = (long) channels * outputs / Chunks.MULTIPLY_ADDS;
    return tiles * Winograd.MATRICES * (products + channels + outputs);
  }
}
