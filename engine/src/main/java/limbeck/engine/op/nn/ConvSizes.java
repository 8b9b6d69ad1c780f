package limbeck.engine.op.nn;

import limbeck.engine.exec.Chunks;
import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.PatchKernel;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Lane;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** What {@link Conv} computes from its settings and the shapes of x [batch, …], w and y. */
final class ConvSizes {
  /** Scratch of a lane: a plane with its padding, patches, a product, and a sum of products. */
  static final int PLANE = 0;

  static final int PATCHES = 1;
  static final int PRODUCT = 2;
  static final int SUM = 3;

  /** About how many numbers the patches of a bundle of channels are: 256 KB of floats. */
  private static final int BUNDLE = 1 << 16;

  /** Rows of patches that a bundle should have at least. */
  private static final int ROWS = 32;

  /** Floats of a line of the cache. */
  private static final int LINE = 16;

  /** What {@link #rowLength} adds at most. */
  static final int LONGER = 2 * LINE;

  /** How the window slides down a plane, and across. */
  Window v;

  Window h;

  /** Images. */
  int batch;

  int groups;

  /** Channels of x: of all groups, and of one. */
  int channels;

  int groupChannels;

  /** Channels of y: of all groups, and of one. */
  int outputs;

  int groupOutputs;

  /** Planes of x. */
  int height;

  int width;

  /** Planes of y, positions of the window: down, across, and in all. */
  int rows;

  int columns;
  int positions;

  /** Elements of the window. */
  int window;

  /** Terms of an output: groupChannels · window. */
  int terms;

  /** Whether x itself is the matrix of patches. */
  boolean pointwise;

  /**
   * Whether each output sees one channel of many, so that there is next to nothing to multiply; and
   * the sum over its window is one block, that is, one chain.
   */
  boolean depthwise;

  /** Sets everything; {@code y} is the shape of the result. */
  void set(Conv op, Shape x, Shape w, Shape y) {
    v = Planes.down(op.windows());
    h = Planes.across(op.windows());
    batch = x.axis(0);
    groups = op.groups();
    channels = x.axis(1);
    groupChannels = channels / groups;
    outputs = w.axis(0);
    groupOutputs = outputs / groups;
    height = Planes.height(x);
    width = x.last();
    rows = Planes.height(y);
    columns = y.last();
    positions = rows * columns;
    window = v.size() * h.size();
    terms = groupChannels * window;
    pointwise = v.isIdentity() && h.isIdentity();
    depthwise = groups > 1 && groupChannels == 1 && window <= Gemm.BLOCK;
  }

  /** Elementary operations of one image: patches are copied, and multiplied. */
  long cost() {
    return (long) positions * window * channels * (1 + groupOutputs / Chunks.MULTIPLY_ADDS);
  }

  /**
   * Channels that a gradient takes at once: so many that their patches stay in the cache, but
   * enough to pay for bringing dy into a product.
   */
  int bundle() {
    long patches = (long) window * positions;
    long fits = Math.min(ROWS / window, Integer.MAX_VALUE / patches);
    long most = Math.max(fits, BUNDLE / patches);
    return evenly(groupChannels, most);
  }

  /**
   * Elements from one row of patches to the next, for so many positions: whole lines of the cache,
   * but an odd number of them. Planes are often 4 KB, or a fraction, and a product that goes down
   * the rows would find all of them in a few sets of the first-level cache.
   */
  static int rowLength(int n) {
    return ((n + LINE - 1) / LINE | 1) * LINE;
  }

  /** The size of pieces of at most {@code most}, as equal as can be. */
  static int evenly(int length, long most) {
    int pieces = (int) ((length - 1) / Math.max(1, most)) + 1;
    return (length - 1) / pieces + 1;
  }

  /** How many pieces of a size make a length. */
  static int pieces(int length, int size) {
    return (length - 1) / size + 1;
  }

  /** Index in x of the first element of a group's channel. */
  int plane(int image, int group, int channel) {
    return (image * channels + group * groupChannels + channel) * height * width;
  }

  /** Index in y of the first element of a group's planes. */
  int result(int image, int group) {
    return (image * outputs + group * groupOutputs) * positions;
  }

  /** Index in w of the first of a group's weights. */
  int weights(int group) {
    return group * groupOutputs * terms;
  }

  /**
   * patches[window, down · across] = those of a plane at a rectangle of positions, in rows of
   * {@link #rowLength}.
   *
   * @param at index of the plane's first element
   * @param top first position down, {@code left} first across; then how many
   * @param patchesAt index of the first element of {@code patches}
   */
  void gather(
      Lane lane,
      Rows r,
      Tensor x,
      int at,
      int top,
      int left,
      int down,
      int across,
      Tensor patches,
      int patchesAt) {
    int ld = rowLength(down * across);
    int row = top * v.stride() - v.padding();
    int column = left * h.stride() - h.padding();
    int spanDown = v.span(down);
    int spanAcross = h.span(across);
    if (row >= 0 && row + spanDown <= height && column >= 0 && column + spanAcross <= width) {
      int corner = at + row * width + column;
      PatchKernel.gather(r, x, corner, width, v, h, down, across, patches, patchesAt, ld);
    } else {
      Tensor plane = lane.scratch(PLANE, x.dtype(), spanDown * spanAcross);
      PatchKernel.rectangle(r, x, at, height, width, row, column, spanDown, spanAcross, 0, plane);
      PatchKernel.gather(r, plane, 0, spanAcross, v, h, down, across, patches, patchesAt, ld);
    }
  }
}
