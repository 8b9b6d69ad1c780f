package limbeck.kd.objective;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.Objective;
import limbeck.kd.objective.ObjectiveEntry.Property;

/**
 * Entries of the catalogue: objectives on inner activations. Maps of one size, of sizes that are
 * multiples, and of sizes that are not; as many channels, and others.
 */
final class FeatureEntries {
  private static final String LEARNED = "depends on what is learned";
  private static final String MORE_NEIGHBOURS =
      "each example has twice as many neighbours, which share its row: half the loss";

  private FeatureEntries() {}

  static List<ObjectiveEntry> all() {
    return List.of(
        maps("paper", new Hints(Form.PAPER, "s0", "t0")).leastAtTeacher(0),
        rows("rows", new Hints(Form.CODE, "s0", "t0")).leastAtTeacher(0),
        otherMaps("other maps", new Hints(Form.CODE, "s0", "t0")).noMinimum(LEARNED),
        otherRows("other rows", new Hints(Form.PAPER, "s0", "t0")).noMinimum(LEARNED),
        twoMaps("code", attention(Form.CODE, 2)).leastAtTeacher(0),
        twoMaps("paper", attention(Form.PAPER, 2)).leastAtTeacher(0),
        twoMaps("power 1", attention(Form.CODE, 1)).leastAtTeacher(0),
        twoMaps("power 5", attention(Form.CODE, 5)).leastAtTeacher(0),
        otherMaps("other maps", new AttentionTransfer(Form.CODE, 2, List.of("s0"), List.of("t0")))
            .noMinimum("the best map depends on how the teacher's larger one is pooled"),
        twoMaps("", new NeuronSelectivity(S, T)).leastAtTeacher(0),
        otherMaps("other maps", new NeuronSelectivity(List.of("s0"), List.of("t0")))
            .noMinimum("the best channels are those of the pooled map, and others like them"),
        twoMaps("", new VariationalInformation(5, S, T)).noMinimum(LEARNED),
        otherMaps("other maps", new VariationalInformation(0.5, List.of("s0"), List.of("t0")))
            .noMinimum(LEARNED),
        rows("", new CosineAlignment("s0", "t0")).leastAtTeacher(0),
        maps("sequences", new CosineAlignment("s0", "t0")).leastAtTeacher(0),
        rows("", new ProbabilisticTransfer("s0", "t0"))
            .leastAtTeacher(0)
            .without(Property.BATCH_MEAN, MORE_NEIGHBOURS),
        twoMaps("", new SimilarityPreserving(S, T))
            .leastAtTeacher(0)
            .without(Property.BATCH_MEAN, MORE_NEIGHBOURS),
        rows("both", new RelationalKnowledge(25, 50, "s0", "t0")).leastAtTeacher(0),
        rows("distances", new RelationalKnowledge(1, 0, "s0", "t0")).leastAtTeacher(0),
        rows("angles", new RelationalKnowledge(0, 1, "s0", "t0")).leastAtTeacher(0),
        rows("", new CorrelationCongruence(0.4, 2, "s0", "t0")).leastAtTeacher(0),
        rows("order 5", new CorrelationCongruence(1, 5, "s0", "t0")).leastAtTeacher(0),
        twoMaps("code", new SolutionFlow(Form.CODE, S, T)).leastAtTeacher(0),
        twoMaps("paper", new SolutionFlow(Form.PAPER, S, T)).leastAtTeacher(0),
        twoMaps("paper", new ActivationBoundaries(Form.PAPER, 1, S, T))
            .least(FeatureEntries::onTheRightSide, c -> 0),
        otherMaps(
                "other maps",
                new ActivationBoundaries(Form.PAPER, 0.5, List.of("s0"), List.of("t0")))
            .noMinimum(LEARNED),
        otherRows(
                "other rows", new ActivationBoundaries(Form.CODE, 1, List.of("s0"), List.of("t0")))
            .noMinimum(LEARNED),
        maps("", new FactorTransfer(0.5, 1, 0.005, "s0", "t0"))
            .noMinimum(LEARNED)
            .without(Property.LEARNED_DERIVATIVES, "factors are constants for the student"),
        otherMaps("other maps", new FactorTransfer(1.5, 2, 1, "s0", "t0"))
            .noMinimum(LEARNED)
            .without(Property.LEARNED_DERIVATIVES, "factors are constants for the student"));
  }

  private static final List<String> S = List.of("s0", "s1");
  private static final List<String> T = List.of("t0", "t1");

  private static Objective attention(Form form, int power) {
    return new AttentionTransfer(form, power, S, T);
  }

  private static ObjectiveEntry maps(String settings, Objective objective) {
    return ObjectiveEntry.of(settings, objective)
        .studentFeature("s0", 3, 4, 5)
        .teacherFeature("t0", 3, 4, 5);
  }

  private static ObjectiveEntry twoMaps(String settings, Objective objective) {
    return maps(settings, objective).studentFeature("s1", 5, 2, 2).teacherFeature("t1", 5, 2, 2);
  }

  /** The teacher's is higher, by no whole factor; the student's is wider, twice. */
  private static ObjectiveEntry otherMaps(String settings, Objective objective) {
    return ObjectiveEntry.of(settings, objective)
        .studentFeature("s0", 2, 3, 4)
        .teacherFeature("t0", 3, 5, 2);
  }

  private static ObjectiveEntry rows(String settings, Objective objective) {
    return ObjectiveEntry.of(settings, objective).studentFeature("s0", 7).teacherFeature("t0", 7);
  }

  private static ObjectiveEntry otherRows(String settings, Objective objective) {
    return ObjectiveEntry.of(settings, objective).studentFeature("s0", 7).teacherFeature("t0", 5);
  }

  /** Units as far on or off as the margin of 1 asks, where the teacher's are. */
  private static ObjectiveCase onTheRightSide(ObjectiveCase c) {
    Map<String, ObjectiveCase.Block> student = new LinkedHashMap<>();
    c.studentIsTeacher()
        .student()
        .forEach((tap, block) -> student.put(tap, block.map(v -> v > 0 ? 1.5 : -1.5)));
    return c.student(student);
  }
}
