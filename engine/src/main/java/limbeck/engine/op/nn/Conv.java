package limbeck.engine.op.nn;

import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Finish;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Convolution over one or two axes of space, as neural networks call it: the window is not turned
 * over. With images x [batch, channels, height, width] and weights w [out, channels / groups, kh,
 * kw], or sequences x [batch, channels, length] and w [out, channels / groups, k],
 *
 * <pre>{@code
 * y[b, o, p] = bias[o] + Σ over c, t of w[o, c, t] · x[b, c, p·stride − padding + t·dilation]
 * }</pre>
 *
 * <p>where p is a position of the window and t an element of it, numbers for a sequence and pairs
 * for an image, and x is 0 outside. Channels fall into {@code groups} of equal size, and so do
 * outputs: those of a group see the channels of theirs alone. With as many groups as channels the
 * convolution is called depthwise. LeCun et al. 1998, Gradient-based learning applied to document
 * recognition.
 *
 * <h2>Forward</h2>
 *
 * <p>For one image the sum is a matrix product. Write all that the window covers at position p into
 * column p of a matrix P, one row for each c and t; then y = W · P, with W = w as [out, channels ·
 * kh · kw]. The columns are made and multiplied tile by tile, so that they stay in the cache
 * ({@link ConvForward}). A window of one element needs no copy: x itself is P. Each output is one
 * element of a product in the order of {@link limbeck.engine.kernel.Gemm}, terms by c, ky, kx
 * ascending, zeros of padding included, plus the bias: so an image has the same bits in any batch.
 *
 * <h2>Backward</h2>
 *
 * <p>Let dy be d loss / d y, and take one image. A product Y = W · P has the derivatives
 *
 * <pre>{@code
 * dP = Wᵀ · dY        dW = dY · Pᵀ
 * }</pre>
 *
 * <p>because y[o, p] holds w[o, k] · P[k, p], and hence the loss changes with P[k, p] by Σ over o
 * of w[o, k] · dy[o, p], and with w[o, k] by Σ over p of dy[o, p] · P[k, p]. P is a copy of
 * elements of x, so an element of x gets the sum of dP over all places that it was copied to; what
 * was padding gets nothing. That is {@link ConvInputGradient}, whose order is: terms of one dP
 * ascending with o, as in the product; then dP of one element by ky, kx ascending.
 *
 * <p>The weights are shared by all images, so their gradient sums over the batch as well ({@link
 * ConvWeightGradient}). Order: the batch is cut into parts of ⌈batch / parts⌉ consecutive images,
 * parts being 2²⁰ / (elements of w), but 1 at least and 16 at most. The products of a part's images
 * are added by image ascending, then the parts by part ascending, each sum starting from its first
 * term. The cut depends on the operands' shapes and on nothing else.
 *
 * <p>The bias is added at each position: its gradient is the sum of dy over positions and images.
 * Order: each plane by {@link limbeck.engine.kernel.Rows#sum}, the planes added in double by image
 * ascending, rounded once.
 *
 * <h2>Winograd</h2>
 *
 * <p>Images in one group, with windows of 3 × 3 that move by one (stride and dilation 1), 16 to 256
 * channels, 16 to 256 outputs, and planes of y of two rows and two columns at least go another way
 * in all three passes: by tiles of 2 × 2 elements of y and {@link limbeck.engine.kernel.Winograd}'s
 * F(2 × 2, 3 × 3), which takes 16 multiplications for a tile and a channel instead of 36. These are
 * other sums, with other roundings: that is the definition for such shapes, whatever the type and
 * the kernels. Order, with the transforms of {@code Winograd}:
 *
 * <ul>
 *   <li>Forward: tiles start at even rows and columns of y, and what they reach beyond it is
 *       dropped. x with its padding is transformed, and w; each of the 16 products is one chain
 *       over channels ascending; transformed back; plus the bias.
 *   <li>The gradient of x is the forward pass from dy with windows turned over, outputs as
 *       channels, and padding 2 − padding; with more padding than 2 it goes the way above.
 *   <li>The gradient of w: parts of the batch as above; within a part, images in groups of as many
 *       as have 1,024 tiles together, but one at least. Each of the 16 products of a group is one
 *       chain over tiles, by image, row and column ascending; groups and then parts are added
 *       ascending, each sum starting from its first term, and the sum is transformed back.
 * </ul>
 *
 * <p>Errors: terms that cancel leave their roundings behind. With u = 2⁻²⁴ and γ_c = c·u / (1 −
 * c·u), an element of y is off by γ_c times what the same formulas give of absolute values, |Aᵀ|
 * (|G| |w| |Gᵀ| ⊙ |Bᵀ| |x| |B|) |A| summed over channels, with c = channels + 11: two roundings in
 * the transform of x, four in that of w, four on the way back, one for the bias. Likewise dx, with
 * c = outputs + 10, and dw, with c = tiles of a chain + 8 + images. A NaN in x or w reaches the
 * elements that it would reach otherwise, but an infinity, or a sum of four elements beyond the
 * range, may become NaN there.
 *
 * <h2>Memory</h2>
 *
 * <p>Forward takes a tile of patches for each thread, about 256 KB however large the image. The
 * gradients of x and w take P of one image and a bundle of channels for each thread, which is as
 * much where the bundle has several channels, but all of (elements of the window) · (positions +
 * 32) where a single channel needs more: these must not be more than 2³¹ − 1. The gradient of w
 * takes 2²⁰ numbers at most for the sums of its parts. Winograd's passes take about a megabyte for
 * each thread, and 16/9 of the weights besides, in the gradient of w for each thread.
 *
 * @param windows how the window slides, one for each axis of space: of a sequence, or of an image's
 *     height and width
 * @param groups that channels and outputs fall into, 1 at least
 * @param bias whether there is a third operand, bias [out]
 */
public record Conv(List<Window> windows, int groups, boolean bias)
    implements ChannelOp, OpContext.ForwardPass {
  private static final OpSpec[] SPECS = {
    spec(1, false), spec(1, true), spec(2, false), spec(2, true)
  };

  private static OpSpec spec(int space, boolean bias) {
    OpSpec spec =
        OpSpec.of("conv" + space + "d")
            .operand("x", Planes.axes(space))
            .operand("w", "out in " + (space == 1 ? "k" : "kh kw"))
            .onnx("Conv", 11);
    return bias ? spec.operand("bias", "out") : spec;
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if there are not one or two windows, or there is no group
   */
  public Conv {
    windows = Planes.checked("conv", windows);
    if (groups < 1) {
      throw new IllegalArgumentException("conv: " + groups + " groups, 1 at least");
    }
  }

  /** A convolution of images in one group, with a bias. */
  public Conv(Window down, Window across) {
    this(List.of(down, across), 1, true);
  }

  @Override
  public Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    Shape x = in[0];
    Shape w = in[1];
    Planes.require(spec, x, 2 + windows.size());
    if (w.rank() != x.rank()) {
      throw spec.rankError(1, w, x.rank());
    }
    requireWindow(w);
    requireGroups(x, w);
    if (bias) {
      if (in[2].rank() != 1) {
        throw spec.rankError(2, in[2], 1);
      }
      spec.requireEqual("out", 1, w, w.axis(0), 2, in[2], in[2].axis(0));
    }
    Shape y = Planes.slide(spec, x, w.axis(0), windows);
    requirePatches(x, w, y);
    return y;
  }

  /** Checks that the gradients can hold the patches of a channel. */
  private void requirePatches(Shape x, Shape w, Shape y) {
    long window = (long) Planes.down(windows).size() * Planes.across(windows).size();
    long positions = (long) Planes.height(y) * y.last();
    long elements = window * (positions + ConvSizes.LONGER);
    if (elements > Integer.MAX_VALUE) {
      throw new ShapeException(
          spec().name()
              + ": "
              + spec().describe(0, x)
              + " and "
              + spec().describe(1, w)
              + " make "
              + elements
              + " elements of patches a channel, which the gradients need at once; at most "
              + Integer.MAX_VALUE);
    }
  }

  private void requireWindow(Shape w) {
    for (int i = 0; i < windows.size(); i++) {
      if (w.axis(2 + i) != windows.get(i).size()) {
        throw new ShapeException(
            spec().name()
                + ": "
                + spec().describe(1, w)
                + " has other sizes than the windows, "
                + windows.stream().map(Window::size).toList());
      }
    }
  }

  private void requireGroups(Shape x, Shape w) {
    int channels = x.axis(1);
    int out = w.axis(0);
    if (channels % groups != 0 || out % groups != 0 || out == 0) {
      throw new ShapeException(
          spec().name()
              + ": "
              + spec().describe(0, x)
              + " and "
              + spec().describe(1, w)
              + " do not fall into groups: channels "
              + channels
              + " and out "
              + out
              + " must be multiples of "
              + groups);
    }
    String axis = groups == 1 ? "channels" : "channels of one of " + groups + " groups";
    spec().requireEqual(axis, 0, x, channels / groups, 1, w, w.axis(1));
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    convolve(c, in, out);
    if (c.finish() != null && stripFinish(c) == null) {
      int n = Planes.size(out.shape());
      for (int at = 0; at < out.size(); at += n) {
        c.finish(out, at, n);
      }
    }
  }

  /**
   * What is done to each strip of the result as soon as it is computed; null for nothing. One
   * thread goes over whole planes at the end instead, which is faster than their strips, far apart
   * in memory. Of several, each finds its strips in its processor's cache.
   */
  static Finish stripFinish(OpContext c) {
    return c.workers().count() > 1 ? c.finish() : null;
  }

  private void convolve(OpContext c, Tensor[] in, Tensor out) {
    if (WinogradSizes.fits(this, in[1].shape(), out.shape())) {
      WinogradPass.forward(this, c, in, out);
      return;
    }
    ConvForward pass = ConvForward.of(c.lane(), c, this, in, out);
    int pieces = pass.pieces();
    long cost = pass.cost();
    pass.end(c);
    c.forward(this, out.shape().axis(0) * pieces, cost, in, out);
  }

  /** Forward for pieces {@code from} to {@code to} of all images. */
  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    if (WinogradSizes.fits(this, in[1].shape(), out.shape())) {
      WinogradPass.run(this, c, in, out, from, to);
      return;
    }
    ConvForward pass = ConvForward.of(c.lane(), c, this, in, out);
    pass.run(from, to);
    pass.end(c);
  }

  @Override
  public boolean finishes() {
    return true;
  }

  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    if (gradIn[0] != null) {
      inputGradient(c, in[1], gradOut, gradIn[0]);
    }
    if (gradIn[1] != null) {
      weightGradient(c, in[0], gradOut, gradIn[1]);
    }
    if (bias && gradIn[2] != null) {
      ConvWeightGradient.bias(c, gradOut, gradIn[2]);
    }
  }

  /** dx of weights and dy. */
  void inputGradient(OpContext c, Tensor w, Tensor dy, Tensor dx) {
    if (WinogradSizes.fits(this, w.shape(), dy.shape()) && WinogradSizes.fitsInputGradient(this)) {
      WinogradPass.inputGradient(this, c, w, dy, dx);
    } else {
      ConvInputGradient.run(sizes(dx.shape(), w.shape(), dy.shape()), c, w, dy, dx);
    }
  }

  /** dw of x and dy. */
  void weightGradient(OpContext c, Tensor x, Tensor dy, Tensor dw) {
    if (WinogradSizes.fits(this, dw.shape(), dy.shape())) {
      WinogradWeightGradient.run(this, c, x, dy, dw);
    } else {
      ConvWeightGradient.run(sizes(x.shape(), dw.shape(), dy.shape()), c, x, dy, dw);
    }
  }

  /** Of a convolution from x to y. */
  ConvSizes sizes(Shape x, Shape w, Shape y) {
    ConvSizes s = new ConvSizes();
    s.set(this, x, w, y);
    return s;
  }

  /**
   * The weights as the forward pass transforms them, if it does so on any planes: for programs,
   * which do it once ({@link limbeck.engine.op.PackedWeights#transformed}).
   *
   * @param c to transform with
   * @return null if the pass takes weights as they are
   */
  public Tensor transform(OpContext c, Tensor w) {
    return WinogradSizes.fits(this, w.shape()) ? WinogradWeights.forward(c, w, null) : null;
  }

  @Override
  public long multiplyAdds(Shape... in) {
    Shape y = Planes.slide(spec(), in[0], in[1].axis(0), windows);
    return (long) y.size() * (in[1].size() / in[1].axis(0));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = Planes.settings(windows);
    settings.put("groups", groups);
    settings.put("bias", bias);
    return settings;
  }

  @Override
  public OpSpec spec() {
    return SPECS[2 * windows.size() - 2 + (bias ? 1 : 0)];
  }
}
