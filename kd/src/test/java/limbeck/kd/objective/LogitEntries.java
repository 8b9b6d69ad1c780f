package limbeck.kd.objective;

import java.util.List;
import limbeck.engine.op.Reduction;

/** Entries of the catalogue: objectives on logits. */
final class LogitEntries {
  private static final String AT_INFINITY = "the loss falls for ever as the label's logit grows";

  private LogitEntries() {}

  static List<ObjectiveEntry> all() {
    return List.of(
        ObjectiveEntry.of("", new HardLabels()).noMinimum(AT_INFINITY),
        ObjectiveEntry.of("", new LogitMatching()).leastAtTeacher(0),
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
}
