package limbeck.kd.objective;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.Reduction;

/** Entries of the catalogue: objectives on logits. */
final class LogitEntries {
  private static final String AT_INFINITY = "the loss falls for ever as the label's logit grows";

  private LogitEntries() {}

  static List<ObjectiveEntry> all() {
    List<ObjectiveEntry> all = new ArrayList<>();
    all.addAll(softTargets());
    all.addAll(regressions());
    all.addAll(relations());
    return all;
  }

  private static List<ObjectiveEntry> softTargets() {
    return List.of(
        ObjectiveEntry.of("", new HardLabels()).noMinimum(AT_INFINITY),
        ObjectiveEntry.of("T = 1", new SoftTargets(1)).leastAtTeacher(0),
        ObjectiveEntry.of("T = 2", new SoftTargets(2)).leastAtTeacher(0),
        ObjectiveEntry.of("T = 4", new SoftTargets(4)).leastAtTeacher(0),
        ObjectiveEntry.of("T = 20", new SoftTargets(20)).leastAtTeacher(0),
        ObjectiveEntry.of("reverse", new SoftTargets(2, true, true, Reduction.BATCH_MEAN))
            .leastAtTeacher(0),
        ObjectiveEntry.of("without T²", new SoftTargets(4, false, false, Reduction.BATCH_MEAN))
            .leastAtTeacher(0),
        ObjectiveEntry.of("element mean", new SoftTargets(4, true, false, Reduction.ELEMENT_MEAN))
            .leastAtTeacher(0),
        ObjectiveEntry.of("sum", new SoftTargets(4, true, false, Reduction.SUM))
            .leastAtTeacher(0)
            .without(ObjectiveEntry.Property.BATCH_MEAN, "a sum over examples"));
  }

  /** In epoch 4 of 10, where Φ is a half. */
  private static List<ObjectiveEntry> regressions() {
    return List.of(
        ObjectiveEntry.of("", new LogitMatching()).leastAtTeacher(0),
        ObjectiveEntry.of("element mean", new AnnealedLogits(10))
            .least(c -> c.studentIsTeacher().student(v -> v / 2), c -> 0),
        ObjectiveEntry.of("batch mean", new AnnealedLogits(10, Reduction.BATCH_MEAN))
            .least(c -> c.studentIsTeacher().student(v -> v / 2), c -> 0),
        ObjectiveEntry.of(
                "regression alone",
                new ContinuationKd(10, 1, ContinuationKd.Mixing.STEP, 0.1, Reduction.ELEMENT_MEAN))
            .least(c -> c.studentIsTeacher().student(v -> v / 2), c -> 0),
        ObjectiveEntry.of(
                "mixed",
                new ContinuationKd(10, 1, ContinuationKd.Mixing.LINEAR, 0.5, Reduction.BATCH_MEAN))
            .noMinimum("labels and teacher pull apart"));
  }

  private static List<ObjectiveEntry> relations() {
    return List.of(
        ObjectiveEntry.of("T = 1", new DecoupledKd(1, 1, 8)).leastAtTeacher(0),
        ObjectiveEntry.of("T = 4", new DecoupledKd(4, 1, 8)).leastAtTeacher(0),
        dist("T = 1", new Dist(1, 1, 1)),
        dist("T = 4", new Dist(4, 2, 2)),
        ObjectiveEntry.of("T = 2", new StandardisedSoftTargets(2)).leastAtTeacher(0));
  }

  private static ObjectiveEntry dist(String settings, Dist dist) {
    return ObjectiveEntry.of(settings, dist)
        .leastAtTeacher(0)
        .without(
            ObjectiveEntry.Property.BATCH_MEAN,
            "one example has no relation within classes; twice the same has one of zeros");
  }
}
