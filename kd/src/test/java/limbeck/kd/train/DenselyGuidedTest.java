package limbeck.kd.train;

import static limbeck.kd.train.Fits.arm;
import static limbeck.kd.train.Fits.assertSame;
import static limbeck.kd.train.Fits.bigNetwork;
import static limbeck.kd.train.Fits.context;
import static limbeck.kd.train.Fits.finish;
import static limbeck.kd.train.Fits.hash;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Tape;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Experiment;
import limbeck.kd.LiveTeacher;
import limbeck.kd.Objective;
import limbeck.kd.Progress;
import limbeck.kd.Teacher;
import limbeck.kd.Tiny;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.SoftTargets;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Distillation;
import limbeck.kd.recipe.RateDrops;
import limbeck.kd.recipe.Regularisation;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.recipe.Training;
import limbeck.kd.recipe.Weight;
import limbeck.kd.vision.Augmentations;
import limbeck.kd.vision.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several guides at once, and some of them left out: what must hold of such losses exactly. */
class DenselyGuidedTest {
  private static final Training TRAINING =
      new Training(
          "sgd", 0.05, "cosine", 0, 0.9, 0, 16, 5, Regularisation.NONE, true, RateDrops.NONE);
  private static final Term HARD = Term.of(new HardLabels(), 0.1);

  private final Experiment e = Tiny.experiment();
  private final Map<String, Guide> guides = new LinkedHashMap<>();

  @TempDir Path folder;

  DenselyGuidedTest() {
    for (int i = 0; i < 3; i++) {
      Mlp network = new Mlp(16, 12 - i, 3);
      network.init(50 + i);
      guides.put("abc".substring(i, i + 1), new Guide(new LiveTeacher(network, 3)));
    }
  }

  /** Counts how often it is asked, and remembers the steps. */
  private record Guide(Teacher teacher, List<Long> steps) implements Teacher {
    Guide(Teacher teacher) {
      this(teacher, new ArrayList<>());
    }

    @Override
    public Tensor logits(Batch batch, OpContext context) {
      steps.add(batch.progress().step());
      return teacher.logits(batch, context);
    }

    @Override
    public int classes() {
      return 3;
    }
  }

  private static Term soft(String guide, double weight) {
    return Term.of(new SoftTargets(4), guide, weight);
  }

  private Fit fit(int dropTerms, Term... terms) {
    Stage stage = new Stage("", TRAINING, List.of(terms), Stage.Keep.LAST, dropTerms, true);
    Arm arm = arm(e, "student").trained("x", "distilled", "x", "x", List.of(stage));
    TeacherSet teachers = new TeacherSet();
    guides.forEach(teachers::with);
    return new Fit(arm, 1, e.train(), e.train(), null, teachers);
  }

  /** Without assistants there is one guide, and the loss is that of plain distillation. */
  @Test
  void withoutAssistantsItIsPlainDistillation() {
    assertEquals(Distillation.softTargets(4, 0.9, 0.1).terms("a"), List.of(soft("a", 0.9), HARD));
  }

  @Test
  void withoutWeightOnOtherGuidesItIsTheChain() {
    String chain = hash(finish(fit(0, soft("c", 0.9), HARD)));
    guides.values().forEach(g -> g.steps().clear());
    assertEquals(chain, hash(finish(fit(0, soft("a", 0), soft("b", 0), soft("c", 0.9), HARD))));
    assertEquals(0, guides.get("a").steps().size());
    assertEquals(0, guides.get("b").steps().size());
    assertEquals(20, guides.get("c").steps().size());
    assertNotEquals(chain, hash(finish(fit(0, soft("b", 0.9), soft("c", 0.9), HARD))));
  }

  @Test
  void withoutWeightOnGuidesNobodyIsAskedAndLabelsAreLearned() {
    Term labels = Term.of(new HardLabels(), 1);
    String guided = hash(finish(fit(0, soft("a", 0), soft("b", 0), labels)));
    assertEquals(hash(finish(fit(0, labels))), guided);
    assertTrue(guides.values().stream().allMatch(g -> g.steps().isEmpty()));
  }

  /** Halves and their sum have no rounding. */
  @Test
  void anAssistantThatIsTheTeacherChangesNothing() {
    guides.put("b", guides.get("a"));
    assertEquals(
        hash(finish(fit(0, soft("a", 1)))), hash(finish(fit(0, soft("a", 0.5), soft("b", 0.5)))));
    assertEquals(
        hash(finish(fit(0, soft("a", 0.9), HARD))), hash(finish(fit(0, soft("b", 0.9), HARD))));
  }

  @SuppressWarnings("try") // the tape records while it is open
  private double loss(Batch batch, Term... terms) {
    Stage stage = new Stage("", TRAINING, List.of(terms), Stage.Keep.LAST);
    TeacherSet teachers = new TeacherSet();
    guides.forEach(teachers::with);
    List<Objective> objectives = stage.terms().stream().map(Term::objective).toList();
    StageLoss loss = new StageLoss(stage, objectives, teachers);
    try (Tape tape = Tape.open(context())) {
      return loss.loss(loss.student(bigNetwork(), batch), batch, context()).item();
    }
  }

  @Test
  void theLossIsTheSumOverGuidesInAnyOrder() {
    Batch batch = new Batches(e.train(), 16, 1, Augmentations.NONE).get(0, 0);
    double a = loss(batch, soft("a", 0.9));
    double b = loss(batch, soft("b", 0.9));
    double c = loss(batch, soft("c", 0.9));
    double rounding = 4 * Math.ulp((float) (a + b + c));
    assertEquals(a + b + c, loss(batch, soft("a", 0.9), soft("b", 0.9), soft("c", 0.9)), rounding);
    assertEquals(a + b + c, loss(batch, soft("c", 0.9), soft("a", 0.9), soft("b", 0.9)), rounding);
  }

  @Test
  void ofThreeGuidesOneIsLeftOutAtEachStepAndNotAsked() {
    finish(fit(1, soft("a", 0.9), soft("b", 0.9), soft("c", 0.9), HARD));
    List<Long> asked = new ArrayList<>();
    guides.values().forEach(g -> asked.addAll(g.steps()));
    for (long step = 0; step < 20; step++) {
      long now = step;
      assertEquals(2, asked.stream().filter(s -> s == now).count(), "step " + step);
    }
    // by chance alone a guide is asked fewer than 5 times of 20 with probability below 10⁻⁴
    guides.values().forEach(g -> assertTrue(g.steps().size() >= 5 && g.steps().size() < 20));
  }

  @Test
  void termsWithoutTeachersAndWithoutWeightAreNoGuides() {
    Term window = new Term(new SoftTargets(4), "b", Weight.of(0.9).during(0, 2));
    finish(fit(1, soft("a", 0.9), window, HARD));
    List<Long> a = guides.get("a").steps();
    List<Long> b = guides.get("b").steps();
    assertEquals(8, a.stream().filter(s -> s < 8).count() + b.size());
    assertEquals(12, a.stream().filter(s -> s >= 8).count(), "the only guide always stays");
  }

  @Test
  void whatIsLeftOutIsEquallyLikelyAndAFunctionOfSeedAndStep() {
    List<Integer> all = List.of(3, 5, 8);
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    int differ = 0;
    for (int step = 0; step < 3000; step++) {
      List<Integer> out = DroppedTerms.at(new Progress(7, 0, 1, step), all, 1);
      assertEquals(1, out.size());
      counts.merge(out.get(0), 1, Integer::sum);
      assertEquals(out, DroppedTerms.at(new Progress(7, 2, 9, step), all, 1));
      differ += out.equals(DroppedTerms.at(new Progress(8, 0, 1, step), all, 1)) ? 0 : 1;
      assertEquals(2, DroppedTerms.at(new Progress(7, 0, 1, step), all, 5).size());
    }
    // four deviations of √(3000 · 1/3 · 2/3) = 26 around 1000 and 2000
    counts.values().forEach(n -> assertEquals(1000, n, 104));
    assertEquals(3, counts.size());
    assertEquals(2000, differ, 104);
  }

  @Test
  void leavingOutIsResumedAtAnyStep() throws Exception {
    Term[] terms = {soft("a", 0.9), soft("b", 0.9), soft("c", 0.9), HARD};
    Fit whole = finish(fit(1, terms));
    assertNotEquals(hash(finish(fit(0, terms))), hash(whole));
    for (int stop = 0; stop <= whole.steps(); stop += 3) {
      Fit first = fit(1, terms);
      for (int i = 0; i < stop; i++) {
        first.advance(context());
      }
      Path file = folder.resolve(stop + ".safetensors");
      FitFile.save(first, "identity", file);
      Fit second = fit(1, terms);
      assertTrue(FitFile.resume(second, "identity", file));
      assertSame(whole, finish(second));
    }
  }
}
