package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.loss.JensenShannon;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** The divergence of two distributions from what lies between them. */
final class JensenShannonEntries {
  private JensenShannonEntries() {}

  static List<Entry> all() {
    return List.of(
        entry(new JensenShannon()),
        entry(new JensenShannon(4, true, 0.5, false, Reduction.BATCH_MEAN)),
        entry(new JensenShannon(2, false, 0.1, false, Reduction.SUM)),
        entry(new JensenShannon(1, true, 0.9, true, Reduction.BATCH_MEAN)),
        entry(new JensenShannon(4, true, 0.25, true, Reduction.ELEMENT_MEAN)));
  }

  private static Entry entry(JensenShannon op) {
    Definition d = new Definition(op);
    return new Entry(
        op,
        (v, i) -> d.factor(v) * d.sum(v, false),
        new Precision((v, i) -> d.bound(v), d::gradientBound),
        samples());
  }

  private static List<OpSample> samples() {
    List<OpSample> samples = new ArrayList<>(Sizes.rows(2, 3000));
    Shape shape = Shape.of(3, 4);
    samples.add(
        OpSample.of("both of +-1e4", shape, shape)
            .values(0, i -> i % 2 == 0 ? 1e4 : -1e4)
            .values(1, i -> i % 3 == 0 ? 1e4 : -1e4)
            .extreme());
    samples.add(
        OpSample.of("classes that one of them thinks impossible", shape, shape)
            .values(0, i -> i % 4 == 1 ? -300 : 0)
            .values(1, i -> i % 4 == 2 ? -95 : 0)
            .extreme());
    samples.add(OpSample.of("zeros", shape, shape).values(0, i -> 0).values(1, i -> 0));
    samples.add(
        OpSample.of("4 and 5 classes", Shape.of(3, 4), Shape.of(3, 5))
            .refused("student logits [3, classes=4]", "disagree on classes", "(4 vs 5)"));
    samples.add(
        OpSample.of("3 and 2 examples", Shape.of(3, 4), Shape.of(2, 4))
            .refused("[3, classes=4]", "[2, classes=4]", "disagree on axis 0", "(3 vs 2)"));
    return samples;
  }

  /** Definition and bounds of one setting. */
  private static final class Definition {
    /** Where float32 may take the other of the two forms of a term than float64. */
    private static final double PLAIN_FROM = 0.49;

    private final JensenShannon op;
    private final double outer;
    private final Naive.Cache student;
    private final Naive.Cache teacher;

    Definition(JensenShannon op) {
      this.op = op;
      outer = op.continuous() ? 1 - op.beta() : op.beta();
      student = new Naive.Cache(0, op.temperature());
      teacher = new Naive.Cache(1, op.temperature());
    }

    double factor(OpValues v) {
      int examples = v.shape(0).rows();
      double t = op.temperatureSquared() ? op.temperature() * op.temperature() : 1;
      return switch (op.reduction()) {
        case BATCH_MEAN -> t / examples;
        case ELEMENT_MEAN -> t / examples / v.shape(0).last();
        case SUM -> t;
      };
    }

    private double middle(OpValues v, int i) {
      return op.beta() * teacher.rows(v).probability(i)
          + (1 - op.beta()) * student.rows(v).probability(i);
    }

    /** The examples' losses together, or what float32 may make of them too much. */
    double sum(OpValues v, boolean bounds) {
      double sum = 0;
      for (int row = 0; row < student.rows(v).error.length; row++) {
        double of = outer * side(v, teacher, row, bounds);
        sum += of + (1 - outer) * side(v, student, row, bounds);
      }
      return sum;
    }

    private double side(OpValues v, Naive.Cache of, int row, boolean bound) {
      Naive a = of.rows(v);
      double sum = 0;
      for (int i = row * a.n; i < (row + 1) * a.n; i++) {
        double p = a.probability(i);
        double term = p == 0 ? 0 : p * (a.log[i] - StrictMath.log(middle(v, i)));
        sum += bound ? termBound(v, a, i) + ErrorBound.gamma(2) * Math.abs(term) : term;
      }
      return sum;
    }

    /** As a term of {@link SoftTargetsEntries}, with m for b. */
    private double termBound(OpValues v, Naive a, int i) {
      double p = a.probability(i);
      double m = middle(v, i);
      if (p < 1e-36) {
        return m + 1e-34; // of what vanishes
      }
      double d = Math.abs(a.log[i] - StrictMath.log(m));
      double e = logError(v, i) + a.error(i);
      double r = a.error(i) + ErrorBound.gamma(ErrorBound.EXP);
      return d < PLAIN_FROM
          ? p * (1.3 * d * e + e * e + d * d * r)
          : m * share(v, i) + p * (1 + d) * r + p * e;
    }

    /** Of p, q and so m, relative: four more roundings make it of them. */
    private double share(OpValues v, int i) {
      return Math.max(student.rows(v).error(i), teacher.rows(v).error(i))
          + ErrorBound.gamma(ErrorBound.EXP + 4);
    }

    private double logError(OpValues v, int i) {
      return share(v, i)
          + ErrorBound.gamma(ErrorBound.LOG) * Math.abs(StrictMath.log(middle(v, i)));
    }

    double bound(OpValues v) {
      double errors = sum(v, true);
      double roundings = ErrorBound.gamma(ErrorBound.sum(student.rows(v).error.length) + 3);
      return 1.01 * factor(v) * (errors + roundings * (sum(v, false) + errors));
    }

    double gradientBound(OpValues v, int operand, int i) {
      Naive a = (operand == 1 ? teacher : student).rows(v);
      double w = operand == 1 ? outer : 1 - outer;
      double scale = Math.abs(v.gradOut(0)) * factor(v) / op.temperature();
      double p = a.probability(i);
      if (p < 1e-36) {
        return ErrorBound.UNDERFLOW + 1e-30 * scale + 1.01 * Math.abs(v.gradIn(operand, i));
      }
      int row = i / a.n;
      double d = Math.abs(a.log[i] - StrictMath.log(middle(v, i)));
      Naive.Cache of = operand == 1 ? teacher : student;
      double kl = side(v, of, row, false);
      double relative = a.error(i) + ErrorBound.gamma(ErrorBound.EXP + 4);
      double error =
          w * p * (a.error(i) + logError(v, i) + side(v, of, row, true) + relative * (d + kl));
      if (op.continuous()) {
        double most = Math.max(outer / op.beta(), (1 - outer) / (1 - op.beta()));
        double inner = operand == 1 ? op.beta() : 1 - op.beta();
        double ofRatio = 2 * share(v, i) + ErrorBound.gamma(5);
        error += inner * p * most * (ofRatio + worst(v, row) + 2 * relative);
        error += ErrorBound.gamma(3) * p * (w * (d + kl) + inner * most);
      }
      return 1.01 * (scale * error + ErrorBound.gamma(3) * Math.abs(v.gradIn(operand, i)));
    }

    /** The largest relative error of a ratio in a row, and of its share of the mean. */
    private double worst(OpValues v, int row) {
      int n = v.shape(0).last();
      return 3 * share(v, row * n) + ErrorBound.gamma(5);
    }
  }
}
