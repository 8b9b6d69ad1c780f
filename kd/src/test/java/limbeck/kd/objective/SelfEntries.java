package limbeck.kd.objective;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.DType;

/** Entries of the catalogue: objectives without a teacher, or with oneself or peers as teacher. */
final class SelfEntries {
  private static final String AT_INFINITY = "the loss falls for ever as the labels' logits grow";
  private static final String DETACHED = "teaches the other exits, detached";

  private SelfEntries() {}

  static List<ObjectiveEntry> all() {
    return List.of(
        ObjectiveEntry.of("", new LabelSmoothing(0.1))
            .least(c -> c.studentLogits(logs(smoothed(c))), c -> entropy(smoothed(c))),
        virtual("as in the paper", new VirtualTeacher(0.9, 20)),
        virtual(
            "as in the code",
            new VirtualTeacher(
                0.99, 20, VirtualTeacher.Softening.PROBABILITIES, Reduction.BATCH_MEAN)),
        ObjectiveEntry.of("", new PsKd(0.8))
            .least(c -> c.studentLogits(logs(refined(c))), c -> entropy(refined(c))),
        ObjectiveEntry.of("", new ConfidenceWeighted()).noMinimum(AT_INFINITY),
        ObjectiveEntry.of("", new PermutedDarkKnowledge())
            .least(SelfEntries::permuted, c -> 0)
            .without(ObjectiveEntry.Property.CLASS_ORDER, "classes are shuffled by their number"),
        ObjectiveEntry.of("one peer", new MutualLearning()).leastAtTeacher(0),
        ObjectiveEntry.of("three peers", new MutualLearning())
            .teachers(3)
            .least(c -> c.studentLogits(logs(mean(c))), SelfEntries::disagreement),
        ObjectiveEntry.of("three peers", new Codistillation(0))
            .teachers(3)
            .least(c -> c.studentLogits(logs(mean(c))), c -> 0),
        ObjectiveEntry.of("two branches", new NativeEnsemble(2, 3))
            .studentLogits("branch0")
            .studentLogits("branch1")
            .studentLogits("mixture")
            .target("mixture", DETACHED)
            .noMinimum(AT_INFINITY),
        ObjectiveEntry.of("branches that learn apart", new NativeEnsemble(1, 3, 0))
            .studentLogits("branch0")
            .studentLogits("mixture")
            .noMinimum(AT_INFINITY),
        byot("maps", 4, 2, 1),
        byot("rows", 4));
  }

  private static ObjectiveEntry virtual(String settings, VirtualTeacher teacher) {
    return ObjectiveEntry.of(settings, teacher)
        .least(
            c -> {
              double label = teacher.label(c.classes());
              double[][] z = logs(mixed(c, label, (1 - label) / (c.classes() - 1)));
              boolean paper = teacher.softening() == VirtualTeacher.Softening.LOG_PROBABILITIES;
              return c.studentLogits(z).student(x -> paper ? teacher.temperature() * x : x);
            },
            c -> 0);
  }

  private static ObjectiveEntry byot(String settings, int... features) {
    BeYourOwnTeacher method = new BeYourOwnTeacher(0.3, 3, 0.1, Reduction.BATCH_MEAN);
    return ObjectiveEntry.of(settings, method)
        .studentLogits("exit1")
        .studentFeature("exit1.features", features)
        .studentLogits("exit2")
        .studentFeature("exit2.features", features)
        .studentFeature("deepest.features", features)
        .target(ObjectiveCase.LOGITS, DETACHED)
        .target("deepest.features", DETACHED)
        .noMinimum(AT_INFINITY);
  }

  /** {@code on} at the label, {@code off} elsewhere. */
  private static double[][] mixed(ObjectiveCase c, double on, double off) {
    double[][] rows = new double[c.examples()][c.classes()];
    for (int i = 0; i < rows.length; i++) {
      Arrays.fill(rows[i], off);
      rows[i][c.labels()[i]] = on;
    }
    return rows;
  }

  private static double[][] smoothed(ObjectiveCase c) {
    double each = 0.1 / c.classes();
    return mixed(c, 0.9 + each, each);
  }

  /** In epoch 4 of 10 with 0.8 at the end. */
  private static double[][] refined(ObjectiveCase c) {
    double a = 0.8 * 4 / 10;
    double[][] rows = mixed(c, 1 - a, 0);
    double[][] past = c.probabilities(0);
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < rows[i].length; k++) {
        rows[i][k] += a * past[i][k];
      }
    }
    return rows;
  }

  private static double[][] mean(ObjectiveCase c) {
    double[][] rows = new double[c.examples()][c.classes()];
    for (int t = 0; t < c.teachers().size(); t++) {
      double[][] p = c.probabilities(t);
      for (int i = 0; i < rows.length; i++) {
        for (int k = 0; k < rows[i].length; k++) {
          rows[i][k] += p[i][k] / c.teachers().size();
        }
      }
    }
    return rows;
  }

  /** The mean entropy of rows. */
  private static double entropy(double[][] rows) {
    double sum = 0;
    for (double[] row : rows) {
      sum -= Arrays.stream(row).map(p -> p * Math.log(p)).sum();
    }
    return sum / rows.length;
  }

  /** The generalised Jensen-Shannon divergence: the mean's entropy above the mean entropy. */
  private static double disagreement(ObjectiveCase c) {
    double own = 0;
    for (int t = 0; t < c.teachers().size(); t++) {
      own += entropy(c.probabilities(t)) / c.teachers().size();
    }
    return entropy(mean(c)) - own;
  }

  private static double[][] logs(double[][] rows) {
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(row).map(Math::log).toArray())
        .toArray(double[][]::new);
  }

  private static ObjectiveCase permuted(ObjectiveCase c) {
    double[] shuffled =
        PermutedDarkKnowledge.permuted(c.teacherOutputs(DType.F64).logits(), c.batch(DType.F64))
            .value()
            .doubles();
    ObjectiveCase.Block logits = c.student().get(ObjectiveCase.LOGITS);
    return c.student(
        Map.of(ObjectiveCase.LOGITS, new ObjectiveCase.Block(logits.shape(), true, shuffled)));
  }
}
