package limbeck.kd.train;

import static limbeck.kd.train.Fits.arm;
import static limbeck.kd.train.Fits.assertSame;
import static limbeck.kd.train.Fits.bigNetwork;
import static limbeck.kd.train.Fits.context;
import static limbeck.kd.train.Fits.finish;
import static limbeck.kd.train.Fits.hash;
import static limbeck.kd.train.Fits.taught;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Experiment;
import limbeck.kd.LiveTeacher;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;
import limbeck.kd.Teacher;
import limbeck.kd.Tiny;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.LogitMatching;
import limbeck.kd.objective.SoftTargets;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.PastSelf;
import limbeck.kd.recipe.RateDrops;
import limbeck.kd.recipe.Regularisation;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.recipe.Training;
import limbeck.kd.recipe.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages, windows of epochs, best epochs, own pasts, and parts that are learned along. */
class StagedFitTest {
  /** 45 examples to train on in batches of 16, so 3 steps an epoch. */
  private final Experiment e = Tiny.experiment("data.validation=15");

  @TempDir Path folder;

  /** Regression of a hidden layer on a teacher's wider one. */
  private record Hint(Linear regressor) implements Objective {
    @Override
    public Var loss(Outputs student, Outputs teacher, Batch batch) {
      Var guided = regressor.forward(student.feature("stage1"));
      return guided.apply(SquaredError.logitMatching(), teacher.feature("stage1"));
    }

    @Override
    public List<String> studentTaps() {
      return List.of("stage1");
    }

    @Override
    public List<String> teacherTaps() {
      return List.of("stage1");
    }

    @Override
    public Objective fitted(TapShapes student, TapShapes teacher) {
      return new Hint(new Linear(student.of("stage1").last(), teacher.of("stage1").last()));
    }

    @Override
    public Map<String, Module> learned() {
      return regressor == null ? Map.of() : Map.of("regressor", regressor);
    }
  }

  private static Training epochs(int n) {
    return new Training(
        "sgd", 0.05, "cosine", 0, 0.9, 0, 16, n, Regularisation.NONE, true, RateDrops.NONE);
  }

  private static final Term HARD = Term.of(new HardLabels(), 1);
  private static final Term MATCH = Term.of(new LogitMatching(), "teacher", 1);
  private static final Term SOFT = Term.of(new SoftTargets(2), "teacher", 0.5);

  private static Stage stage(int epochs, Stage.Keep keep, Term... terms) {
    return new Stage("s", epochs(epochs), List.of(terms), keep);
  }

  private Fit fit(Stage... stages) {
    Arm arm = arm(e, "student").trained("x", "distilled", "x", "x", List.of(stages));
    TapShapes shapes = TapShapes.of("teacher", bigNetwork());
    Teacher teacher = new LiveTeacher(bigNetwork(), 3, List.of("stage1"));
    TeacherSet teachers = new TeacherSet().with("teacher", teacher, shapes);
    return new Fit(arm, 1, e.train(), e.train(), e.validation(), teachers);
  }

  private void assertResumes(Stage... stages) throws Exception {
    Fit whole = finish(fit(stages));
    for (int stop = 0; stop <= whole.steps(); stop++) {
      Path file = folder.resolve(stop + ".safetensors");
      Fit first = fit(stages);
      for (int i = 0; i < stop; i++) {
        first.advance(context());
      }
      FitFile.save(first, "identity", file);
      Fit second = fit(stages);
      assertTrue(FitFile.resume(second, "identity", file));
      assertSame(whole, finish(second));
    }
  }

  @Test
  void aStageStartsWithANewOptimizerAndSchedule() {
    Fit two = finish(fit(stage(2, Stage.Keep.LAST, MATCH), stage(1, Stage.Keep.LAST, HARD)));
    assertEquals(9, two.steps());
    assertEquals(3, two.curves().trainLoss().length);
    Fit one = finish(fit(stage(2, Stage.Keep.LAST, MATCH)));
    assertEquals(one.curves().trainLoss()[1], two.curves().trainLoss()[1]);
    assertNotEquals(hash(one), hash(two));
    // the same terms with one schedule over all epochs are another training
    Fit together = finish(fit(stage(3, Stage.Keep.LAST, MATCH)));
    Fit apart = finish(fit(stage(2, Stage.Keep.LAST, MATCH), stage(1, Stage.Keep.LAST, MATCH)));
    assertNotEquals(hash(together), hash(apart));
  }

  @Test
  void stagesAreResumedAtAnyStep() throws Exception {
    assertResumes(
        stage(2, Stage.Keep.BEST, MATCH, SOFT),
        stage(1, Stage.Keep.LAST, HARD),
        stage(2, Stage.Keep.BEST, HARD, Term.of(new SoftTargets(2), PastSelf.PREVIOUS_STAGE, 1)));
  }

  @Test
  void ownPastsAndLearnedPartsAreResumedAtAnyStep() throws Exception {
    assertResumes(
        stage(3, Stage.Keep.LAST, HARD, afterTheFirst(PastSelf.PREVIOUS_EPOCH)),
        stage(2, Stage.Keep.LAST, Term.of(new Hint(null), "teacher", 0.1), HARD));
  }

  private static Term afterTheFirst(String teacher) {
    return new Term(new SoftTargets(2), teacher, Weight.of(1).during(1, Weight.END));
  }

  @Test
  void aWindowIsTheStageWithoutTheTermOutsideOfIt() {
    Term early = new Term(new SoftTargets(2), "teacher", Weight.of(0.5).during(0, 1));
    Fit windowed = fit(stage(3, Stage.Keep.LAST, early, HARD));
    Fit soft = fit(stage(3, Stage.Keep.LAST, SOFT, HARD));
    Fit hard = fit(stage(3, Stage.Keep.LAST, HARD));
    for (int i = 0; i < 3; i++) {
      windowed.advance(context());
      soft.advance(context());
    }
    assertEquals(hash(soft), hash(windowed));
    assertEquals(
        hash(finish(hard)),
        hash(
            finish(
                fit(
                    stage(
                        3,
                        Stage.Keep.LAST,
                        new Term(new SoftTargets(2), "teacher", Weight.of(0)),
                        HARD)))));
  }

  @Test
  void theBestEpochIsTheFirstWithTheFewestErrors() {
    Fit fit = fit(stage(4, Stage.Keep.BEST, HARD));
    String[] hashes = new String[4];
    for (int epoch = 0; epoch < 4; epoch++) {
      for (int i = 0; i < 3; i++) {
        if (epoch == 3 && i == 2) {
          Fit last = finish(fit(stage(4, Stage.Keep.LAST, HARD)));
          hashes[3] = hash(last);
        }
        fit.advance(context());
      }
      hashes[epoch] = epoch == 3 ? hashes[3] : hash(fit);
    }
    double[] errors = fit.curves().validation();
    double least = Arrays.stream(errors).min().orElseThrow();
    int first = 0;
    while (errors[first] != least) {
      first++;
    }
    assertEquals(hashes[first], hash(fit));
  }

  /** A network that agrees with itself gets no gradient from that, so it trains on labels alone. */
  @Test
  void thePreviousEpochIsOneEpochOld() {
    Fit fit = fit(stage(2, Stage.Keep.LAST, HARD, afterTheFirst(PastSelf.PREVIOUS_EPOCH)));
    for (int i = 0; i < 3; i++) {
      fit.advance(context());
    }
    Fit hard = fit(stage(2, Stage.Keep.LAST, HARD));
    for (int i = 0; i < 4; i++) {
      hard.advance(context());
    }
    Map<String, Tensor> then = fit.checkpoint();
    String past = "past." + PastSelf.PREVIOUS_EPOCH + ".fc1.weight";
    assertEquals(
        WeightHash.of(Map.of("w", fit.network().state().get("fc1.weight"))),
        WeightHash.of(Map.of("w", then.get(past))));
    fit.advance(context());
    double[] expected = values(hard.network().state().get("fc1.weight"));
    double[] actual = values(fit.network().state().get("fc1.weight"));
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-6); // soft gradients vanish up to rounding
    }
  }

  private static double[] values(Tensor t) {
    double[] values = new double[t.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = t.get(i);
    }
    return values;
  }

  /** Counts how often it is asked. */
  private static final class Counting implements Teacher {
    private final Teacher teacher = new LiveTeacher(bigNetwork(), 3);
    private int asked;

    @Override
    public Tensor logits(Batch batch, OpContext context) {
      asked++;
      return teacher.logits(batch, context);
    }

    @Override
    public int classes() {
      return 3;
    }
  }

  @Test
  void aTeacherIsAskedOnceAStepAndNotWithoutWeight() {
    Term early = new Term(new SoftTargets(2), "teacher", Weight.of(0.5).during(0, 2));
    Term match = new Term(new LogitMatching(), "teacher", Weight.of(1).during(0, 1));
    Stage stage = stage(3, Stage.Keep.LAST, early, match, HARD);
    Arm arm = arm(e, "student").trained("x", "distilled", "x", "x", List.of(stage));
    Counting teacher = new Counting();
    finish(new Fit(arm, 1, e.train(), e.train(), null, taught(teacher)));
    assertEquals(6, teacher.asked);
  }

  @Test
  void learnedPartsChangeNeitherStartNorTrainingOfTheNetwork() {
    Term hint = Term.of(new Hint(null), "teacher", 0.1);
    Fit with = fit(stage(1, Stage.Keep.LAST, hint, HARD));
    Fit without = fit(stage(1, Stage.Keep.LAST, HARD));
    assertEquals(hash(without), hash(with));
    Tensor before = with.checkpoint().get("learned.term0.regressor.weight").own();
    finish(with);
    Tensor after = with.checkpoint().get("learned.term0.regressor.weight");
    assertNotEquals(
        WeightHash.of(Map.of("w", before)), WeightHash.of(Map.of("w", after)), "not trained");
    assertNotEquals(hash(finish(without)), hash(with));
  }

  /** A part's parameters go by the part's name: paths of network and part may be alike. */
  @Test
  void divergenceOfALearnedPartNamesIt() {
    Fit fit = fit(stage(1, Stage.Keep.LAST, Term.of(new Hint(null), "teacher", 0.1), HARD));
    fit.checkpoint().get("learned.term0.regressor.weight").set(0, Double.NaN); // a view
    String message = assertThrows(ArithmeticException.class, () -> finish(fit)).getMessage();
    assertEquals(
        "x, seed 1: the loss is NaN at step 0 (epoch 1), first in parameter"
            + " term0.regressor.weight; a smaller learning rate may help",
        message);
  }
}
