package limbeck.engine.op.nn;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.BatchNormKernel;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.OperandType;
import limbeck.engine.op.Piecewise;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Batch norm with fixed statistics: x [batch, channels, space …] becomes y = (x − mean)·factor +
 * beta, with factor = gamma/√(variance + ε) formed in double and rounded once. Ioffe and Szegedy
 * 2015, arXiv:1502.03167, algorithm 2. Each element is computed by itself, so an example has the
 * same bits in any batch.
 *
 * <p>Gradients: dx = dy·factor; dgamma = Σ dy·(x − mean)/√(variance + ε) and dbeta = Σ dy over
 * batch and space, in the order of {@link BatchNormKernel}. Statistics are not differentiated.
 * Running statistics may move between the passes, when the layer is trained on the same tape; so
 * the saved buffer [2, channels] holds means and variances as they were, and backward reads those.
 *
 * @param epsilon ε, above 0: added to the variance
 */
public record BatchNormInference(double epsilon)
    implements ChannelOp, Piecewise, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("batchNormInference")
          .operand("x", "batch channels ...")
          .operand("gamma", "channels")
          .operand("beta", "channels")
          .operand("mean", "channels")
          .operand("variance", "channels")
          .onnx("BatchNormalization", 15);

  /** Elementary operations of an element, forward. */
  private static final int COST = 2;

  /** Checks ε. */
  public BatchNormInference {
    BatchNorm.requireEpsilon("batchNormInference", epsilon);
  }

  @Override
  public Shape infer(Shape... in) {
    BatchNorm.requireChannels(SPEC, in);
    return in[0];
  }

  /** Means and variances of the forward pass, [2, channels]. */
  @Override
  public Shape saved(Shape... in) {
    return Shape.of(2, in[0].axis(1));
  }

  @Override
  public boolean differentiable(int k) {
    return k < 3;
  }

  /** Also the statistics. */
  @Override
  public OperandType operandType(int k) {
    return OperandType.FLOATING;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    int channels = out.shape().axis(1);
    c.rows(out).copy(in[3], 0, c.saved(), 0, channels);
    c.rows(out).copy(in[4], 0, c.saved(), channels, channels);
    int n = Planes.size(out.shape());
    if (n == 1) {
      c.forward(this, out.shape().axis(0), (long) COST * channels, in, out);
    } else {
      c.forward(this, Planes.count(out.shape()), (long) COST * n, in, out);
    }
  }

  @Override
  public boolean finishes() {
    return true;
  }

  /** Forward for planes, or for rows of channels where a plane has one element. */
  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    int n = Planes.size(out.shape());
    if (n == 1) {
      rows(c, in, out, from, to);
      return;
    }
    Rows r = c.rows(out);
    int channels = out.shape().axis(1);
    for (int plane = from; plane < to; plane++) {
      normalize(r, in, plane % channels, out, plane * n, n);
      if (n > 0) {
        c.finish(out, plane * n, n);
      }
    }
  }

  /** In x, where planes are more than single elements: a piece is then of one channel. */
  @Override
  public boolean isPiecewise(int k, Shape... in) {
    return k == 0 && Planes.size(in[0]) > 1;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    int channel = i / Planes.size(out.shape()) % out.shape().axis(1);
    normalize(r, in, channel, out, i, n);
  }

  /**
   * Elements {@code i} to {@code i + n} of ReLU of the result, or of its sum with another tensor,
   * with the bits of the single ops but in one pass.
   *
   * @param added null for no sum
   * @param n so many that they lie within one plane of a channel
   */
  public void activate(Rows r, Tensor[] in, Tensor added, Tensor out, int i, int n) {
    int channel = i / Planes.size(out.shape()) % out.shape().axis(1);
    double mean = in[3].get(channel);
    double shift = in[2].get(channel);
    if (added == null) {
      r.normalizeRelu(in[0], i, mean, factor(in, channel), shift, out, i, n);
    } else {
      r.normalizeAddRelu(in[0], i, mean, factor(in, channel), shift, added, i, out, i, n);
    }
  }

  private void normalize(Rows r, Tensor[] in, int channel, Tensor out, int i, int n) {
    double mean = in[3].get(channel);
    double shift = in[2].get(channel);
    r.normalize(in[0], i, mean, factor(in, channel), shift, out, i, n);
  }

  private double factor(Tensor[] in, int channel) {
    return in[1].get(channel) * BatchNormKernel.reciprocalDeviation(in[4].get(channel), epsilon);
  }

  private void rows(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    Lane lane = c.lane();
    int channels = out.shape().axis(1);
    int piece = out.shape().last(); // a row of channels, or a plane of one element
    Tensor factors = lane.scratch(BatchNorm.TERMS, out.dtype(), channels);
    for (int channel = 0; channel < channels; channel++) {
      factors.set(channel, factor(in, channel));
    }
    for (int row = from; row < to; row++) {
      int i = row * channels;
      r.sub(in[0], i, in[3], 0, out, i, channels);
      r.mul(out, i, factors, 0, out, i, channels);
      r.add(out, i, in[2], 0, out, i, channels);
      for (int at = i; at < i + channels; at += piece) {
        c.finish(out, at, piece);
      }
    }
    c.giveBack(lane);
  }

  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    ChannelPlanes p = ChannelPlanes.of(gradOut.shape());
    Rows r = c.rows(gradOut);
    int n = p.n();
    int channels = p.channels();
    Tensor dy = p.read(c, gradOut);
    Tensor saved = c.saved();
    Lane lane = c.lane();
    Tensor factor = lane.scratch(BatchNorm.TERMS, gradOut.dtype(), channels);
    Tensor sums = lane.scratch(BatchNorm.SUMS, gradOut.dtype(), p.planes());
    if (gradIn[1] != null) {
      Tensor x = p.read(c, in[0]);
      c.forEach(
          p.planes(),
          n,
          (from, to) -> BatchNormKernel.dots(r, x, dy, n, saved, channels, sums, from, to));
    }
    for (int channel = 0; channel < channels; channel++) {
      double variance = saved.get(channels + channel);
      double rho = BatchNormKernel.reciprocalDeviation(variance, epsilon);
      factor.set(channel, in[1].get(channel) * rho);
      if (gradIn[1] != null) {
        double dot = BatchNormKernel.total(sums, channel, channels, p.images());
        gradIn[1].set(channel, rho * dot);
      }
    }
    if (gradIn[2] != null) {
      c.forEach(p.planes(), n, (from, to) -> BatchNormKernel.sums(r, dy, n, sums, from, to));
      for (int channel = 0; channel < channels; channel++) {
        gradIn[2].set(channel, BatchNormKernel.total(sums, channel, channels, p.images()));
      }
    }
    if (gradIn[0] != null) {
      Tensor dx = p.target(c, gradIn[0]);
      c.forEach(p.planes(), n, (from, to) -> scale(r, dy, factor, p, dx, from, to));
      p.end(c, dx, gradIn[0]);
    }
    c.giveBack(lane);
  }

  /** dx = dy · factor, over planes {@code from} to {@code to}. */
  private static void scale(
      Rows r, Tensor dy, Tensor factor, ChannelPlanes p, Tensor dx, int from, int to) {
    for (int plane = from; plane < to; plane++) {
      int i = plane * p.n();
      r.scale(dy, i, factor.get(plane % p.channels()), dx, i, p.n());
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("epsilon", epsilon);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}
