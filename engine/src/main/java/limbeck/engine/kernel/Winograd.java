package limbeck.engine.kernel;

import limbeck.engine.tensor.Tensor;

/**
 * The loops of Winograd's convolution F(2 × 2, 3 × 3): beside {@link Rows} and {@link Gemm} the
 * third place that knows about SIMD, or about float against double. Lavin and Gray 2016, Fast
 * algorithms for convolutional neural networks, arXiv:1509.09308.
 *
 * <p>Two outputs of a filter of three cost four products instead of six: with
 *
 * <pre>{@code
 *      1  0 −1  0        1   0   0          1  1  1  0
 * Bᵀ = 0  1  1  0    G = ½   ½   ½    Aᵀ =  0  1 −1  1
 *      0 −1  1  0        ½  −½   ½
 *      0 −1  0  1        0   0   1
 * }</pre>
 *
 * <p>the filter g over d[0 to 3] gives Aᵀ ((G g) ⊙ (Bᵀ d)). Over a plane, a tile d[4, 4] gives the
 * outputs Y[2, 2] = Aᵀ ((G g Gᵀ) ⊙ (Bᵀ d B)) A: 16 products for four outputs of nine terms. The sum
 * over channels is taken before Aᵀ, so that each of the 16 elements is a matrix product over tiles
 * and channels.
 *
 * <p><em>Layouts.</em> Tile matrices are 16, {@value #STEP} elements apart: matrix 4 · (row) +
 * (column) holds that element of all transformed tiles. Outputs must not overlap inputs.
 *
 * <p>With <em>channels side by side</em> a matrix has a row for each tile, of {@code n} elements,
 * one for each channel; {@code n} is a multiple of {@value #LANES}, callers round channels up and
 * leave the rest undefined. Rows of pixels hold {@code n} channels for each pixel in turn.
 *
 * <p>With <em>tiles side by side</em> a matrix has a row for each channel, of {@code n} elements,
 * one for each tile; {@code n} is a multiple of {@value #LANES}. Then planes are read and written
 * where they are. Tiles come in pairs of <em>runs</em>, {@value #RUN} neighbours of a row of tiles
 * each: of {@value #LANES} elements, those at even places are the tiles of the first run, and those
 * at odd places the tiles of the second. As a run is {@value #LANES} columns wide, one blend brings
 * the even columns of both into this order, and one the odd columns.
 *
 * <p><em>Contract.</em> As that of {@link Rows}: one thread, no allocation, the same bits from all
 * float providers. Transforms go down the columns first and then along the rows; sums of three are
 * added from left to right in the order written.
 */
public interface Winograd {
  /** Channels are rounded up to a multiple of this. */
  int LANES = 16;

  /** Rows of a product are rounded up to a multiple of this. */
  int ROWS = 8;

  /** Tiles of a run. */
  int RUN = LANES / 2;

  /** Matrices of a transformed tile. */
  int MATRICES = 16;

  /**
   * From the start of a tile matrix to that of the next: room for 4,096 elements, and a cache line
   * more, as the same element of all 16 would fall into one set of the cache otherwise. A constant,
   * so that addresses take no registers.
   */
  int STEP = 4096 + 16;

  /** {@code count} rounded up to a multiple of {@code to}. */
  static int roundUp(int count, int to) {
    return (count + to - 1) / to * to;
  }

  /**
   * v = G g Gᵀ for one row of weights: an axis goes over to g₀, ½·((g₀ + g₂) + g₁), ½·((g₀ + g₂) −
   * g₁), g₂.
   *
   * @param g nine rows of {@code n} from {@code i} on, {@code ld} apart, which may be negative
   * @param v 16 rows of {@code n} from {@code j} on, {@code step} apart
   */
  void weights(Tensor g, int i, int ld, Tensor v, int j, int step, int n);

  /**
   * u = Bᵀ d B for a row of tiles, each two pixels on from the one before: an axis goes over to d₀
   * − d₂, d₁ + d₂, d₂ − d₁, d₃ − d₁.
   *
   * @param d rows of pixels that start at {@code r0} to {@code r3}, 2 · {@code tiles} + 2 each
   * @param u tile matrices, written from element {@code j} of each on
   */
  void input(Tensor d, int r0, int r1, int r2, int r3, Tensor u, int j, int tiles, int n);

  /**
   * y = Aᵀ m A for a row of tiles: an axis goes over to (m₀ + m₁) + m₂, (m₁ − m₂) + m₃.
   *
   * @param m tile matrices, read from element {@code i} of each on
   * @param y rows of pixels that start at {@code r0} and {@code r1}, 2 · {@code tiles} each
   */
  void output(Tensor m, int i, int tiles, int n, Tensor y, int r0, int r1);

  /**
   * The first half of {@link #input} with tiles side by side: t = Bᵀ d, for four rows of each
   * channel's plane.
   *
   * @param d its first row starts at {@code i}, the next {@code ld} on, the next plane {@code
   *     plane} on
   * @param t four rows for each channel from {@code j} on, {@code ldt} apart
   * @param columns of a row, {@value #LANES} at least
   */
  void inputDown(
      Tensor d, int i, int ld, int plane, int columns, Tensor t, int j, int ldt, int channels);

  /**
   * The second half: u = t B for two runs, of which each reads {@value #LANES} + 2 columns.
   *
   * @param t as {@link #inputDown} writes it; the runs' first rows start at {@code a} and {@code b}
   * @param u tile matrices [channels, n], written from element {@code j} of each on
   */
  void inputAcross(Tensor t, int a, int b, int ldt, Tensor u, int j, int n, int channels);

  /**
   * {@link #output} of two runs with tiles side by side, into planes.
   *
   * @param m tile matrices [outputs, n], read from element {@code i} of each on
   * @param y the runs' first rows start at {@code a} and {@code b}, the second ones {@code ld} on,
   *     those of the next plane {@code plane} on; {@code a} may equal {@code b}
   */
  void outputRows(Tensor m, int i, int n, Tensor y, int a, int b, int ld, int plane, int outputs);

  /**
   * z = A y Aᵀ for a row of tiles, the other way round: an axis goes over to y₀, y₀ + y₁, y₀ − y₁,
   * y₁.
   *
   * @param y rows of pixels that start at {@code r0} and {@code r1}, 2 · {@code tiles} each
   * @param z tile matrices, written from element {@code j} of each on
   */
  void outputGrad(Tensor y, int r0, int r1, Tensor z, int j, int tiles, int n);

  /**
   * g = Gᵀ v G for one row of weights: an axis goes over to v₀ + h, ½·(v₁ − v₂), h + v₃, with h =
   * ½·(v₁ + v₂).
   *
   * @param v 16 rows of {@code n} from {@code i} on, {@code step} apart
   * @param g nine rows of {@code n} from {@code j} on, side by side
   */
  void weightsGrad(Tensor v, int i, int step, Tensor g, int j, int n);

  /**
   * All 16 products m = u · v: each element is one fma chain from +0 over {@code k} ascending.
   *
   * @param u tile matrices [rows, k rounded up to lanes], the last columns not read; {@code rows}
   *     is a multiple of {@value #ROWS}
   * @param v 16 matrices [k, n] one after another
   * @param m tile matrices [rows, n]
   */
  void multiply(Tensor u, int rows, int k, Tensor v, int n, Tensor m);

  /**
   * {@link #multiply} with tiles side by side: all 16 products m = vᵀ · u.
   *
   * @param u tile matrices [k, tiles]; {@code tiles} is a multiple of {@value #LANES}
   * @param v 16 matrices [k, n] one after another
   * @param m tile matrices [n, tiles]
   */
  void multiplyTiles(Tensor u, int tiles, int k, Tensor v, int n, Tensor m);

  /**
   * All 16 products d = d + uᵀ · z: each element's fma chain goes on from what d holds, over {@code
   * k} ascending.
   *
   * @param u tile matrices [k, rows]; {@code rows} is a multiple of {@value #LANES}
   * @param z tile matrices [k, n]
   * @param d 16 matrices [rows, n] one after another, from element {@code j} on
   */
  void accumulate(Tensor u, int rows, int k, Tensor z, int n, Tensor d, int j);
}
