package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import limbeck.engine.op.Op;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.loss.BceLogits;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.Focal;
import limbeck.engine.op.loss.MultiMargin;
import limbeck.engine.op.loss.NegativeLogLikelihood;
import limbeck.engine.tensor.Tensor;

/** Losses against labels, and against targets of single outputs. */
final class LabelEntries {
  private static final int IGNORED = -100;

  private LabelEntries() {}

  static List<OracleEntry> all() {
    return List.of(
        new OracleEntry(
            "crossEntropy",
            d ->
                labelled(
                    d,
                    new CrossEntropy(),
                    (z, y) -> Torch.sum(z.logSoftmax(-1).mul(y)).neg().mean())),
        new OracleEntry("crossEntropy with settings", LabelEntries::crossEntropy),
        new OracleEntry(
            "negativeLogLikelihood",
            d ->
                labelled(
                    d, new NegativeLogLikelihood(), (x, y) -> Torch.sum(x.mul(y)).neg().mean())),
        new OracleEntry("focal", LabelEntries::focal),
        new OracleEntry("multiMargin", LabelEntries::multiMargin),
        new OracleEntry("bceLogits", d -> bceLogits(d, false)),
        new OracleEntry("bceLogits with weights", d -> bceLogits(d, true)));
  }

  /** Logits as a matrix, and labels as ones among zeros. */
  private static OracleCase labelled(Draw d, Op op, BiFunction<NDArray, NDArray, NDArray> torch) {
    int[] shape = d.shape(1, 3);
    int classes = shape[shape.length - 1];
    return OracleCase.of(
        op,
        in ->
            torch.apply(
                Torch.matrix(in[0]), Torch.oneHot(in[1].flatten(), classes, in[0].getDataType())),
        d.normal(shape),
        d.ids(classes, Arrays.copyOf(shape, shape.length - 1)));
  }

  private static OracleCase crossEntropy(Draw d) {
    double smoothing = d.oneOf(0, 0.1, 0.25);
    boolean weighted = d.flag();
    int examples = d.size();
    int classes = d.size();
    Tensor labels = d.ids(classes, examples);
    for (int i = 1; i < examples; i++) {
      labels.ints()[i] = d.below(4) == 0 ? IGNORED : labels.ints()[i];
    }
    List<Tensor> operands = new ArrayList<>(List.of(d.normal(examples, classes), labels));
    if (weighted) {
      operands.add(d.positive(classes));
    }
    CrossEntropy op = new CrossEntropy().withSmoothing(smoothing).withIgnored(IGNORED);
    return new OracleCase(
        weighted ? op.withWeights() : op,
        in -> {
          NDArray ones =
              Torch.oneHot(
                  in[1], classes, in[0].getDataType()); // all zeros where the label is none
          NDArray counts = in[1].neq(IGNORED).toType(in[0].getDataType(), false).expandDims(-1);
          NDArray weights = weighted ? in[2] : in[0].onesLike();
          NDArray target = ones.mul(1 - smoothing).add(counts.mul(smoothing / classes));
          NDArray losses = target.mul(weights).mul(in[0].logSoftmax(-1));
          return losses.sum().neg().div(ones.mul(weights).sum());
        },
        operands);
  }

  /** 1 − p as the sum of the others' probabilities, which keeps its digits where p is near 1. */
  private static OracleCase focal(Draw d) {
    double gamma = d.oneOf(0.5, 1, 2, 3.5);
    return labelled(
        d,
        new Focal(gamma),
        (z, y) -> {
          if (Torch.last(z) == 1) {
            return z.mul(0.0).sum(); // of a power of 0 libtorch has no gradient
          }
          NDArray log = Torch.sum(z.logSoftmax(-1).mul(y));
          NDArray others = Torch.sum(z.softmax(-1).mul(y.neg().add(1.0)));
          return others.pow(gamma).mul(log).neg().mean();
        });
  }

  private static OracleCase multiMargin(Draw d) {
    double margin = d.oneOf(0.7, 1, 3);
    Reduction reduction = d.flag() ? Reduction.ELEMENT_MEAN : Reduction.BATCH_MEAN;
    return labelled(
        d,
        new MultiMargin(margin, reduction),
        (x, y) -> {
          NDArray of = Torch.sum(x.mul(y)).expandDims(-1);
          NDArray losses = Torch.nn(x.sub(of).add(margin)).relu().mul(y.neg().add(1.0));
          return reduction == Reduction.ELEMENT_MEAN ? losses.mean() : Torch.sum(losses).mean();
        });
  }

  private static OracleCase bceLogits(Draw d, boolean weighted) {
    int[] shape = d.shape(1, 3);
    List<Tensor> operands = new ArrayList<>(List.of(d.normal(shape), d.fractions(shape)));
    if (weighted) {
      operands.add(d.positive(shape[shape.length - 1]));
    }
    return new OracleCase(
        weighted ? new BceLogits().withWeights() : new BceLogits(),
        in -> {
          NDArray positive = in[1].mul(Torch.softplus(in[0].neg()));
          NDArray negative = in[1].neg().add(1.0).mul(Torch.softplus(in[0]));
          return negative.add(weighted ? positive.mul(in[2]) : positive).mean();
        },
        operands);
  }
}
