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
public record BatchNorm(double epsilon) implements ChannelOp {
  private static final OpSpec SPEC =
      OpSpec.of("batchNorm")
          .operand("x", "batch channels ...")
          .operand("gamma", "channels")
          .operand("beta", "channels");

  /** Elementary operations of an element, where it is written or two are read. */
  private static final long COST = 2;

  /** Scratch of a lane: sums of planes, and what each channel's elements are changed by. */
  static final int SUMS = 0;

  private static final int DOTS = 1;
  static final int TERMS = 2;

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
    ChannelPlanes p = ChannelPlanes.of(out.shape());
    Rows r = c.rows(out);
    int n = p.n();
    int channels = p.channels();
    Tensor x = p.read(c, in[0]);
    Tensor saved = c.saved();
    Lane lane = c.lane();
    Tensor sums = lane.scratch(SUMS, out.dtype(), p.planes());
    c.forEach(p.planes(), n, (from, to) -> BatchNormKernel.sums(r, x, n, sums, from, to));
    for (int channel = 0; channel < channels; channel++) {
      saved.set(channel, BatchNormKernel.total(sums, channel, channels, p.images()) / p.elements());
    }
    c.forEach( // around the mean as rounded
        p.planes(),
        n,
        (from, to) -> BatchNormKernel.squares(r, x, n, saved, channels, sums, from, to));
    Tensor factor = lane.scratch(TERMS, out.dtype(), channels);
    for (int channel = 0; channel < channels; channel++) {
      double squares = BatchNormKernel.total(sums, channel, channels, p.images());
      saved.set(channels + channel, squares / p.elements());
      factor.set(channel, in[1].get(channel) * reciprocalDeviation(saved, channel));
    }
    Tensor y = p.target(c, out);
    c.forEach(
        p.planes(),
        COST * n,
        (from, to) ->
            BatchNormKernel.normalize(r, x, n, saved, factor, in[2], channels, y, from, to));
    p.end(c, y, out);
    c.giveBack(lane);
  }

  private double reciprocalDeviation(Tensor saved, int channel) {
    double variance = saved.get(saved.shape().axis(1) + channel);
    return BatchNormKernel.reciprocalDeviation(variance, epsilon);
  }

  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    ChannelPlanes p = ChannelPlanes.of(gradOut.shape());
    Rows r = c.rows(gradOut);
    int n = p.n();
    int channels = p.channels();
    Tensor x = p.read(c, in[0]);
    Tensor dy = p.read(c, gradOut);
    Tensor saved = c.saved();
    Lane lane = c.lane();
    Tensor sums = lane.scratch(SUMS, gradOut.dtype(), p.planes());
    Tensor dots = lane.scratch(DOTS, gradOut.dtype(), p.planes());
    c.forEach(
        p.planes(),
        COST * n,
        (from, to) -> {
          BatchNormKernel.sums(r, dy, n, sums, from, to);
          BatchNormKernel.dots(r, x, dy, n, saved, channels, dots, from, to);
        });
    Tensor terms = lane.scratch(TERMS, gradOut.dtype(), 3 * channels);
    for (int channel = 0; channel < channels; channel++) {
      double sum = BatchNormKernel.total(sums, channel, channels, p.images());
      double dot = BatchNormKernel.total(dots, channel, channels, p.images());
      double rho = reciprocalDeviation(saved, channel);
      set(gradIn[1], channel, rho * dot);
      set(gradIn[2], channel, sum);
      terms.set(channel, rho * rho * dot / p.elements());
      terms.set(channels + channel, sum / p.elements());
      terms.set(2 * channels + channel, in[1].get(channel) * rho);
    }
    if (gradIn[0] != null) {
      Tensor dx = p.target(c, gradIn[0]);
      c.forEach(
          p.planes(),
          COST * n,
          (from, to) ->
              BatchNormKernel.inputGradient(r, x, dy, n, saved, terms, channels, dx, from, to));
      p.end(c, dx, gradIn[0]);
    }
    c.giveBack(lane);
  }

  private static void set(Tensor gradient, int channel, double value) {
    if (gradient != null) {
      gradient.set(channel, value);
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
