package limbeck.engine.kernel;

import limbeck.engine.tensor.Tensor;

/**
 * The row loops: one of the places (the others are {@link Gemm} and {@link Winograd}) that know
 * about SIMD, or about float against double.
 *
 * <p>Contract of every loop. It runs in the calling thread and allocates nothing. It touches
 * exactly {@code n} elements of each operand, from the given element index on ({@code x, i} is
 * element {@code i} of tensor {@code x}, counted from the tensor's own start). {@code n} may be 0.
 * All tensors have the provider's type. Scalar arguments are {@code double} and are rounded to that
 * type on entry. An output may be the same tensor at the same index as an input (in place), but
 * must not overlap it otherwise. Elementwise loops compute each element by the formula given, every
 * operation rounded once; {@code fma(a, b, c)} is a·b + c rounded once (the float64 provider
 * multiplies, rounds, adds: it is the oracle and promises no bits across fma). All float providers
 * (scalar, and SIMD of any width) give the same bits, save NaN payloads.
 *
 * <p>Reductions have <em>16 virtual lanes</em>: term k goes to lane k mod 16, each lane starts at
 * +0 and takes its terms in ascending order; then lane j takes lane j + 8, then j + 4, j + 2, j +
 * 1. More than 4,096 terms are cut into blocks of 4,096, each as above, and the block values are
 * added in ascending order, starting from the first.
 *
 * <p>Loops of normalisation, of sliding windows, and of functions that are seldom hot are listed in
 * interfaces of their own, under the same contract.
 */
public interface Rows extends CentredRows, PlainRows, PlainUpdates, WindowRows {
  // ---- arithmetic

  /** y = c. */
  void fill(double c, Tensor y, int j, int n);

  /** y = x. */
  void copy(Tensor x, int i, Tensor y, int j, int n);

  /**
   * The transposed block: y[r, c] = x[c, r] for r &lt; {@code rows} and c &lt; {@code columns}.
   * Neighbours within a row of x, and within a row of y, are neighbours in memory; rows of x start
   * {@code ldx} elements apart, rows of y {@code ldy}. With one row this gathers every {@code
   * ldx}-th element. The one loop that touches more than one run of each operand, and is never in
   * place.
   */
  void transpose(Tensor x, int i, int ldx, Tensor y, int j, int ldy, int rows, int columns);

  /** y = a + b. */
  void add(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n);

  /** y = a − b. */
  void sub(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n);

  /** y = a · b. */
  void mul(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n);

  /** y = a / b. */
  void div(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n);

  /** y = max(a, b); NaN if one is, +0 of zeros with different signs. */
  void maximum(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n);

  /** y = min(a, b); NaN if one is, −0 of zeros with different signs. */
  void minimum(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n);

  /**
   * The gradient of max(a, b) with respect to a: d = +0 where a &lt; b, 0.5 · dy where a = b, else
   * dy. With a and b exchanged, that of min(a, b).
   */
  void maximumGrad(Tensor a, int i, Tensor b, int j, Tensor dy, int k, Tensor d, int l, int n);

  /** y = x · c. */
  void scale(Tensor x, int i, double c, Tensor y, int j, int n);

  /** y = x + c. */
  void addScalar(Tensor x, int i, double c, Tensor y, int j, int n);

  /** y = fma(c, x, y). */
  void axpy(double c, Tensor x, int i, Tensor y, int j, int n);

  /** y = fma(a, b, y). */
  void mulAdd(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n);

  /** y = a · (b − s). */
  void mulSubScalar(Tensor a, int i, Tensor b, int j, double s, Tensor y, int k, int n);

  // ---- functions; errors in ulp are those of the classes in limbeck.engine.math

  /** y = √x, correctly rounded. */
  void sqrt(Tensor x, int i, Tensor y, int j, int n);

  /** y = eˣ. */
  void exp(Tensor x, int i, Tensor y, int j, int n);

  /** y = e^(x − m), the difference rounded first. */
  void expMinus(Tensor x, int i, double m, Tensor y, int j, int n);

  /** y = ln x. */
  void log(Tensor x, int i, Tensor y, int j, int n);

  /** y = max(x, 0); +0 for −0, NaN for NaN. */
  void relu(Tensor x, int i, Tensor y, int j, int n);

  /** dx = dy where y > 0, else +0. */
  void reluGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n);

  /**
   * y = d where x > 0, else slope · d. With d = x that is the leaky rectifier, with d = dy its
   * gradient.
   */
  void leakyRelu(Tensor x, int i, double slope, Tensor d, int j, Tensor y, int k, int n);

  /** y = ln(1 + eˣ). */
  void softplus(Tensor x, int i, Tensor y, int j, int n);

  /** y = tanh x. */
  void tanh(Tensor x, int i, Tensor y, int j, int n);

  /** dx = dy · fma(−y, y, 1), with y = tanh x. */
  void tanhGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n);

  /** y = 1 / (1 + e⁻ˣ). */
  void sigmoid(Tensor x, int i, Tensor y, int j, int n);

  /** dx = dy · (y · (1 − y)), with y = sigmoid x. */
  void sigmoidGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n);

  /** y = x · Φ(x), where Φ(x) = 0.5 · (1 + erf(x · √½)): (0.5 · x) · (1 + erf(x · √½)). */
  void gelu(Tensor x, int i, Tensor y, int j, int n);

  /**
   * dx = dy · fma(x, φ, 0.5 · (1 + erf(x · √½))), with φ = e^(−0.5·x·x) · (1/√(2π)), −0.5·x·x being
   * (−0.5·x)·x.
   */
  void geluGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n);

  /**
   * y = x · sigmoid(z), z = fma(x·x, c₃, c₁) · x, with c₁ = 2·√(2/π), c₃ = 0.044715·c₁: the form of
   * GELU by tanh, because ½·(1 + tanh(z/2)) = sigmoid(z).
   */
  void geluTanh(Tensor x, int i, Tensor y, int j, int n);

  /**
   * The gradient of geluTanh: dx = dy · ((e · w) · fma(t, w, 1)), where a is x kept from −11 to
   * 7.4, e = e^z of a, w = 1 / (1 + e), t = fma(a·a, 3·c₃, c₁) · a.
   */
  void geluTanhGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n);

  /**
   * The gradient of x · sigmoid(x): dx = dy · ((e · w) · fma(a, w, 1)), where a is x, but at most
   * 40, e = eᵃ, w = 1 / (1 + e).
   */
  void siluGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n);

  // ---- long short-term memory: its steps, as LstmCell has them. Operands of four pieces touch 4·n
  // elements: n each for input gate i, forget gate f, candidate g and output gate o. An output must
  // not overlap an input here

  /**
   * Gates from the sums that they are made of: y = sigmoid a, for the candidate y = tanh a, with a
   * = ((x + b) + c) + u. All operands have four pieces.
   */
  void lstmGates(
      Tensor x, int i, Tensor b, int j, Tensor c, int k, Tensor u, int l, Tensor y, int m, int n);

  /**
   * The state after a step: c = fma(f, c', i · g) and h = o · tanh c.
   *
   * @param gates of four pieces
   * @param before c'
   */
  void lstmState(
      Tensor gates, int i, Tensor before, int j, Tensor c, int k, Tensor h, int l, int n);

  /**
   * The gradient of a step. With t = tanh c and s = dc + (dh · o) · fma(−t, t, 1) the gradient da
   * by the sums that the gates were made of is (s · g) · (i · (1 − i)), (s · c') · (f · (1 − f)),
   * (s · i) · fma(−g, g, 1), (dh · t) · (o · (1 − o)), and that by c' is dc' = s · f.
   *
   * @param gates of four pieces
   * @param before c'
   * @param dc the gradient by c, but for what comes through h
   * @param da of four pieces
   * @param dBefore dc'
   */
  void lstmGrad(
      Tensor gates,
      int i,
      Tensor before,
      int j,
      Tensor c,
      int k,
      Tensor dh,
      int l,
      Tensor dc,
      int m,
      Tensor da,
      int o,
      Tensor dBefore,
      int p,
      int n);

  // ---- reductions, in 16 virtual lanes

  /** Σ x. +0 if n = 0. */
  double sum(Tensor x, int i, int n);

  /** Σ a·b, each lane by fma. +0 if n = 0. */
  double dot(Tensor a, int i, Tensor b, int j, int n);

  /** The largest element; NaN if any is NaN; −∞ if n = 0. Order does not matter. */
  double max(Tensor x, int i, int n);

  // ---- whole rows, defined by the loops above: providers may do them in fewer passes

  /**
   * y = softmax(c·x): s = c·x; e = e^(s − m), with m the largest s, which keeps e in range and
   * cancels in the quotient; y = e · (1 / Σ e), in the order of {@link #sum}.
   */
  default void softmax(Tensor x, int i, double c, Tensor y, int j, int n) {
    scale(x, i, c, y, j, n);
    expMinus(y, j, max(y, j, n), y, j, n);
    scale(y, j, 1 / sum(y, j, n), y, j, n);
  }

  /** dx = (y · (dy − ⟨y, dy⟩)) · c: the gradient of y = softmax(c·x). */
  default void softmaxGrad(Tensor y, int i, Tensor dy, int j, double c, Tensor dx, int k, int n) {
    mulSubScalar(y, i, dy, j, dot(y, i, dy, j, n), dx, k, n);
    scale(dx, k, c, dx, k, n);
  }

  // ---- optimizers: w weights, g gradient, v / m1 / m2 state

  /** Stochastic gradient descent: d = fma(decay, w, g); w = fma(−rate, d, w). */
  void sgd(Tensor w, int i, Tensor g, int j, double rate, double decay, int n);

  /**
   * With momentum (Sutskever et al. 2013, as in common frameworks): d = fma(decay, w, g); v =
   * fma(momentum, v, d); and w = fma(−rate, v, w), or with Nesterov w = fma(−rate, fma(momentum, v,
   * d), w).
   */
  void momentum(
      Tensor w,
      int i,
      Tensor g,
      int j,
      Tensor v,
      int k,
      double rate,
      double momentum,
      double decay,
      boolean nesterov,
      int n);

  /**
   * Adam (Kingma and Ba 2015, algorithm 1) with L2 decay in the gradient (decay) or decoupled
   * (shrink; Loshchilov and Hutter 2019): d = fma(decay, w, g); m1 = fma(beta1, m1, (1−beta1)·d);
   * m2 = fma(beta2, m2, ((1−beta2)·d)·d); u = (m1 · c1) / (√(m2 · c2) + epsilon); w = fma(−rate, u,
   * w · shrink). Moments whose magnitude is below 1e−30 are set to +0, so that no subnormal slows
   * the loop. {@code c1 = 1/(1−beta1^t)}, {@code c2 = 1/(1−beta2^t)}; {@code 1−beta} is formed in
   * double, then rounded.
   */
  void adam(
      Tensor w,
      int i,
      Tensor g,
      int j,
      Tensor m1,
      Tensor m2,
      int k,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double decay,
      double shrink,
      double c1,
      double c2,
      int n);
}
