package limbeck.engine.op.nn;

import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Transposed convolution: {@link Conv} the other way round, from the positions of its window to the
 * planes that it slides over. With images x [batch, channels, height, width] and weights w
 * [channels, out / groups, kh, kw], or sequences likewise, each element of x puts the window, times
 * its value, into y:
 *
 * <pre>{@code
 * y[b, o, q] = bias[o] + Σ over c, p, t with p·stride − padding + t·dilation = q of w[c, o, t] · x[b, c, p]
 * }</pre>
 *
 * <p>What falls into the padding is dropped. An axis of n becomes one of (n − 1)·stride + reach − 2
 * · padding + extra, where {@code reach} is what the window spans. Several lengths have n positions
 * where the stride is above 1; {@code extra} says which of them is meant. Dumoulin and Visin 2016,
 * arXiv:1603.07285, chapter 4; as PyTorch's {@code ConvTranspose2d}.
 *
 * <p>So y, but for the bias, is what {@link Conv} has for the gradient of its x, and the gradient
 * of this x is that convolution's forward pass; with the weights' gradient it is the same for both.
 * These are computed by its code, with its order of summation, the first without Winograd's way,
 * which would bring a weight that is no number into elements that it does not reach. The bias is
 * added at last.
 *
 * @param windows how the window slides over y, one for each axis of space
 * @param extra elements added at the end of each axis of y, from 0 on and below the stride
 * @param groups that channels and outputs fall into, 1 at least
 * @param bias whether there is a third operand, bias [out]
 */
public record ConvTranspose(List<Window> windows, List<Integer> extra, int groups, boolean bias)
    implements ChannelOp {
  private static final OpSpec[] SPECS = {
    spec(1, false), spec(1, true), spec(2, false), spec(2, true)
  };

  private static OpSpec spec(int space, boolean bias) {
    OpSpec spec =
        OpSpec.of("convTranspose" + space + "d")
            .operand("x", Planes.axes(space))
            .operand("w", "channels out " + (space == 1 ? "k" : "kh kw"))
            .onnx("ConvTranspose", 11);
    return bias ? spec.operand("bias", "out") : spec;
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if there are not one or two windows, or there is no group, or
   *     what is added is not below the stride
   */
  public ConvTranspose {
    windows = Planes.checked("convTranspose", windows);
    extra = List.copyOf(extra);
    if (groups < 1) {
      throw new IllegalArgumentException("convTranspose: " + groups + " groups, 1 at least");
    }
    boolean fits = extra.size() == windows.size();
    for (int i = 0; fits && i < extra.size(); i++) {
      fits = extra.get(i) >= 0 && extra.get(i) < windows.get(i).stride();
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "convTranspose: "
              + extra
              + " elements added to y, a number for each axis of space from 0 on expected, below"
              + " the strides "
              + windows.stream().map(Window::stride).toList());
    }
  }

  /** The convolution that this one is the reverse of. */
  private Conv turned() {
    return new Conv(windows, groups, false);
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
    spec.requireEqual("channels", 0, x, x.axis(1), 1, w, w.axis(0));
    if (x.axis(1) % groups != 0 || w.axis(1) == 0) {
      throw new ShapeException(
          spec.name()
              + ": channels of "
              + spec.describe(0, x)
              + " do not fall into "
              + groups
              + " groups of equal size, or there is nothing out");
    }
    int out = Math.multiplyExact(w.axis(1), groups);
    if (bias) {
      if (in[2].rank() != 1) {
        throw spec.rankError(2, in[2], 1);
      }
      spec.requireEqual("out of all groups", 1, w, out, 2, in[2], in[2].axis(0));
    }
    Shape y = x.with(1, out);
    for (int i = 0; i < windows.size(); i++) {
      y = y.with(2 + i, length(x, w, i));
    }
    turned().infer(y, w); // which knows what is too large
    return y;
  }

  /** The length of an axis of y. */
  private int length(Shape x, Shape w, int i) {
    Window window = windows.get(i);
    if (w.axis(2 + i) != window.size()) {
      throw new ShapeException(
          spec().name()
              + ": "
              + spec().describe(1, w)
              + " has other sizes than the windows, "
              + windows.stream().map(Window::size).toList());
    }
    long spanned = (x.axis(2 + i) - 1L) * window.stride() + window.reach();
    long length = spanned - 2L * window.padding() + extra.get(i);
    if (length < 1 || length > Integer.MAX_VALUE) {
      throw new ShapeException(
          spec().name()
              + ": "
              + spec().describe(0, x)
              + " makes axes of "
              + length
              + " elements, from 1 on and below 2^31 expected");
    }
    return (int) length;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Tensor w = in[1];
    ConvInputGradient.run(turned().sizes(out.shape(), w.shape(), in[0].shape()), c, w, in[0], out);
    if (bias) {
      Rows r = c.rows(out);
      int size = Planes.size(out.shape());
      int channels = out.shape().axis(1);
      c.forEach(
          Planes.count(out.shape()),
          size,
          (from, to) -> {
            for (int plane = from; plane < to; plane++) {
              double b = in[2].get(plane % channels);
              r.addScalar(out, plane * size, b, out, plane * size, size);
            }
          });
    }
  }

  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    if (gradIn[0] != null) {
      turned().forward(c, new Tensor[] {gradOut, in[1]}, gradIn[0]);
    }
    if (gradIn[1] != null) {
      turned().weightGradient(c, gradOut, in[0], gradIn[1]);
    }
    if (bias && gradIn[2] != null) {
      ConvWeightGradient.bias(c, gradOut, gradIn[2]);
    }
  }

  @Override
  public long multiplyAdds(Shape... in) {
    return (long) in[0].size() * (in[1].size() / in[1].axis(0));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = Planes.settings(windows);
    settings.put("extra", extra);
    settings.put("groups", groups);
    settings.put("bias", bias);
    return settings;
  }

  @Override
  public OpSpec spec() {
    return SPECS[2 * windows.size() - 2 + (bias ? 1 : 0)];
  }
}
