package limbeck.engine.op.nn;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.BatchNormKernel;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Batch norm in training: x [batch, channels, space …] becomes y = γ·(x − μ)/√(σ² + ε) + β, with
 * the mean μ and the variance σ² (over m, not m − 1) of the channel's m elements in this batch.
 * Ioffe and Szegedy 2015, arXiv:1502.03167, algorithm 1. Gradients are derived, and the order of
 * sums is stated, in {@link BatchNormKernel}; where a plane has but one element, as in [batch,
 * channels], all of a channel counts as one plane.
 *
 * <p>Examples influence each other here, so this op is for training alone; {@link
 * BatchNormInference} takes fixed statistics. The saved buffer [2, channels] holds means, then
 * variances: running statistics are made from it.
 *
 * @param epsilon ε, above 0: added to the variance
 */
public record BatchNorm(double epsilon) implements ChannelOp, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("batchNorm")
          .operand("x", "batch channels ...")
          .operand("gamma", "channels")
          .operand("beta", "channels");

  /** Passes over a channel, forward and backward. */
  private static final int FORWARD_COST = 6;

  private static final int BACKWARD_COST = 8;

  /** Scratch of a lane: copies of x and dy. */
  static final int X = 0;

  static final int DY = 1;

  /** Checks ε. */
  public BatchNorm {
    requireEpsilon("batchNorm", epsilon);
  }

  static void requireEpsilon(String op, double epsilon) {
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          op + ": epsilon " + epsilon + ", a finite number above 0 expected");
    }
  }

  @Override
  public Shape infer(Shape... in) {
    requireChannels(SPEC, in);
    if (in[0].size() < 2 * Math.max(1, in[0].axis(1))) {
      throw new ShapeException(
          "batchNorm: "
              + SPEC.describe(0, in[0])
              + " has fewer than 2 elements a channel, of which there is no variance; use a larger"
              + " batch, or evaluation mode");
    }
    return in[0];
  }

  /** Checks that x has channels, and every other operand a number for each. */
  static void requireChannels(OpSpec spec, Shape... in) {
    spec.requireOperands(in.length);
    spec.requireRank(0, in[0], 2);
    if (in[0].rank() > 4) {
      throw spec.rankError(0, in[0], 4);
    }
    for (int k = 1; k < in.length; k++) {
      if (in[k].rank() != 1) {
        throw spec.rankError(k, in[k], 1);
      }
      spec.requireEqual("channels", 0, in[0], in[0].axis(1), k, in[k], in[k].last());
    }
  }

  /** Means and variances of the channels, [2, channels]. */
  @Override
  public Shape saved(Shape... in) {
    return Shape.of(2, in[0].axis(1));
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    int channels = out.shape().axis(1);
    c.forward(this, channels, (long) FORWARD_COST * (out.size() / channels), in, out);
  }

  /** Forward for channels {@code from} to {@code to}. */
  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    Lane lane = c.lane();
    ChannelData.Pair pair = ChannelData.Pair.of(lane, out.shape());
    ChannelData x = pair.x;
    for (int channel = from; channel < to; channel++) {
      x.read(lane, X, r, in[0], channel);
      statistics(r, x, c.saved(), channel);
      double mean = mean(c.saved(), channel);
      double factor = in[1].get(channel) * reciprocalDeviation(c.saved(), channel);
      double shift = in[2].get(channel);
      Tensor y = x.target(out);
      for (int plane = 0; plane < x.planes; plane++) {
        int i = x.at + plane * x.step;
        r.normalize(x.tensor, i, mean, factor, shift, y, i, x.n);
      }
      x.end(r, out, channel);
    }
    pair.end();
    c.giveBack(lane);
  }

  private static void statistics(Rows r, ChannelData x, Tensor saved, int channel) {
    double m = (double) x.planes * x.n;
    saved.set(channel, BatchNormKernel.sum(r, x.tensor, x.at, x.step, x.planes, x.n) / m);
    double mean = mean(saved, channel); // as rounded: the variance is that around it
    double squares = BatchNormKernel.squares(r, x.tensor, x.at, x.step, x.planes, x.n, mean);
    saved.set(saved.shape().axis(1) + channel, squares / m);
  }

  private static double mean(Tensor saved, int channel) {
    return saved.get(channel);
  }

  private double reciprocalDeviation(Tensor saved, int channel) {
    double variance = saved.get(saved.shape().axis(1) + channel);
    return BatchNormKernel.reciprocalDeviation(variance, epsilon);
  }

  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    int channels = out.shape().axis(1);
    Tensor saved = c.saved();
    c.forEach(
        channels,
        (long) BACKWARD_COST * (out.size() / channels),
        (from, to) -> backward(c, in, saved, gradOut, gradIn, from, to));
  }

  private void backward(
      OpContext c, Tensor[] in, Tensor saved, Tensor gradOut, Tensor[] gradIn, int from, int to) {
    Rows r = c.rows(gradOut);
    Lane lane = c.lane();
    ChannelData.Pair pair = ChannelData.Pair.of(lane, gradOut.shape());
    ChannelData x = pair.x;
    ChannelData dy = pair.dy;
    double m = (double) x.planes * x.n;
    for (int channel = from; channel < to; channel++) {
      x.read(lane, X, r, in[0], channel);
      dy.read(lane, DY, r, gradOut, channel);
      double mean = mean(saved, channel);
      double rho = reciprocalDeviation(saved, channel);
      double sum = BatchNormKernel.sum(r, dy.tensor, dy.at, dy.step, dy.planes, dy.n);
      double dot =
          BatchNormKernel.centredDot(r, x.tensor, dy.tensor, x.at, x.step, x.planes, x.n, mean);
      set(gradIn[1], channel, rho * dot);
      set(gradIn[2], channel, sum);
      if (gradIn[0] != null) {
        double factor = in[1].get(channel) * rho;
        inputGradient(r, x, dy, mean, factor, sum / m, rho * rho * dot / m, gradIn[0], channel);
      }
    }
    pair.end();
    c.giveBack(lane);
  }

  static void set(Tensor gradient, int channel, double value) {
    if (gradient != null) {
      gradient.set(channel, value);
    }
  }

  private static void inputGradient(
      Rows r,
      ChannelData x,
      ChannelData dy,
      double mean,
      double factor,
      double a,
      double b,
      Tensor gradient,
      int channel) {
    Tensor dx = x.target(gradient);
    for (int plane = 0; plane < x.planes; plane++) {
      int i = x.at + plane * x.step;
      r.normalizeGrad(x.tensor, i, dy.tensor, i, mean, b, a, factor, dx, i, x.n);
    }
    x.end(r, gradient, channel);
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
