package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What holds of every objective, for each entry of {@link ObjectiveCatalogue}. Add yours to {@link
 * LogitEntries}, {@link SelfEntries}, {@link FeatureEntries} or {@link EncoderEntries}: an
 * objective without an entry fails.
 */
class ObjectiveCatalogueTest {
  /** Examples and classes: one example, two classes, no multiple of any vector's length. */
  private static final int[][] SIZES = {{1, 2}, {1, 5}, {4, 3}, {3, 17}, {6, 33}};

  /** What the order of a few dozen additions may change, relative to the largest number. */
  private static final double ROUNDING = 1e-12;

  /** Of the central differences. */
  private static final double STEP = 1e-5;

  private static Stream<DynamicTest> each(Consumer<ObjectiveEntry> check) {
    return ObjectiveCatalogue.entries().stream()
        .map(e -> DynamicTest.dynamicTest(e.toString(), () -> check.accept(e)));
  }

  /** For each entry that has a property, or all if that is null, a case of each size. */
  private static Stream<DynamicTest> each(
      ObjectiveEntry.Property property, BiConsumer<ObjectiveEntry, ObjectiveCase> check) {
    return each(
        e -> {
          for (int[] size : SIZES) {
            if (property == null || e.has(property)) {
              check.accept(e, ObjectiveCase.random(e, size[0], size[1], size[1]));
            }
          }
        });
  }

  @Test
  void everyObjectiveHasAnEntry() throws Exception {
    List<? extends Class<?>> entered =
        ObjectiveCatalogue.entries().stream().map(e -> e.objective().getClass()).toList();
    for (Class<?> objective : ObjectiveCatalogue.objectives()) {
      assertTrue(
          entered.contains(objective),
          objective.getSimpleName()
              + " has no entry in the catalogue of objectives: add one to LogitEntries,"
              + " SelfEntries, FeatureEntries or EncoderEntries");
    }
  }

  /** Recipes set them by name. */
  @Test
  void everyComponentIsAHyperparameterWithAMeaning() throws Exception {
    for (Class<?> objective : ObjectiveCatalogue.objectives()) {
      assertTrue(objective.isRecord(), objective + " is no record");
      for (RecordComponent c : objective.getRecordComponents()) {
        Hyperparameter h = c.getAnnotation(Hyperparameter.class);
        assertTrue(h != null && !h.help().isEmpty(), objective + ": " + c.getName());
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyEntrySaysWhereTheLossIsLeast() {
    return each(e -> assertTrue(e.saysWhereLeast(), "least, leastAtTeacher or noMinimum"));
  }

  /**
   * With respect to what the student says, against central differences. These are wrong by h²/6 ·
   * f‴, below 1e−6 of the largest gradient, and by the rounding of the loss: a few times 1e−16/h =
   * 1e−11 of it.
   */
  @TestFactory
  Stream<DynamicTest> gradientsAreTheDerivatives() {
    return each(
        null,
        (e, c) -> {
          Objective fitted = e.fitted(c.classes(), DType.F64);
          Evaluated at = Evaluated.of(fitted, c, DType.F64, Workers.inline());
          c.student()
              .forEach(
                  (tap, block) -> {
                    double[] gradient = at.gradients().get(tap);
                    double bound = 1e-6 * largest(gradient) + 1e-10 * Math.max(1, at.loss());
                    for (int i = 0; i < gradient.length && !e.isTarget(tap); i++) {
                      double slope = slope(fitted, c, block.values(), i);
                      assertEquals(slope, gradient[i], bound, tap + " " + i);
                    }
                  });
        });
  }

  private static double slope(Objective fitted, ObjectiveCase c, double[] values, int i) {
    double kept = values[i];
    values[i] = kept + STEP;
    double above = Evaluated.loss(fitted, c, DType.F64);
    values[i] = kept - STEP;
    double below = Evaluated.loss(fitted, c, DType.F64);
    values[i] = kept;
    return (above - below) / (2 * STEP);
  }

  @TestFactory
  Stream<DynamicTest> gradientsOfWhatIsLearnedAreTheDerivatives() {
    return each(
        ObjectiveEntry.Property.LEARNED_DERIVATIVES,
        (e, c) -> {
          Objective fitted = e.fitted(c.classes(), DType.F64);
          Outputs student = c.studentOutputs(DType.F64);
          Outputs teacher = c.teacherOutputs(DType.F64);
          for (Module learned : fitted.learned().values()) {
            ModelCheck.require(
                learned, () -> fitted.loss(student, teacher, c.batch(DType.F64)), 1e-6);
          }
          assertEquals(
              fitted.learned().keySet(), e.fitted(c.classes(), DType.F64).learned().keySet());
        });
  }

  @TestFactory
  Stream<DynamicTest> teachersGetNoGradientAndKeepTheirNumbers() {
    return each(
        null,
        (e, c) -> {
          Outputs teacher = c.teacherOutputs(DType.F64);
          try (Tape tape = Tape.open(new OpContext(Workers.inline()))) {
            Outputs student = c.studentOutputs(DType.F64);
            tape.backward(
                e.fitted(c.classes(), DType.F64).loss(student, teacher, c.batch(DType.F64)));
          }
          for (int k = 0; k < c.teachers().size(); k++) {
            Outputs one = teacher.all().get(k);
            requireConstant(one.logits(), c.teachers().get(k).get(ObjectiveCase.LOGITS));
            for (String tap : one.features().keySet()) {
              requireConstant(one.feature(tap), c.teachers().get(k).get(tap));
            }
          }
        });
  }

  private static void requireConstant(Var v, ObjectiveCase.Block block) {
    assertNull(v.gradient());
    assertArrayEquals(block.values(), v.value().own().doubles());
  }

  @TestFactory
  Stream<DynamicTest> theLossIsLeastWhereTheEntrySays() {
    return each(
        null,
        (e, c) -> {
          ObjectiveCase best = e.best(c);
          if (best != null) {
            Objective fitted = e.fitted(c.classes(), DType.F64);
            double least = Evaluated.loss(fitted, best, DType.F64);
            double rounding = ROUNDING * Math.max(1, Math.abs(least));
            assertEquals(e.least(best), least, rounding);
            assertTrue(Evaluated.loss(fitted, c, DType.F64) >= least - rounding);
            Philox random = new Philox(3);
            for (int k = 0; k < 8; k++) {
              Philox own = random.stream(k);
              long[] i = {0};
              ObjectiveCase near = best.student(v -> v + 1e-2 * own.normal(i[0]++));
              assertTrue(Evaluated.loss(fitted, near, DType.F64) >= least - rounding);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> theOrderOfExamplesDoesNotMatter() {
    return each(
        ObjectiveEntry.Property.EXAMPLE_ORDER,
        (e, c) -> {
          int[] order = new int[c.examples()];
          new Philox(11).permutation(order);
          ObjectiveCase reordered = c.examples(order);
          requireClose(
              Evaluated.of(e, c), Evaluated.of(e, reordered), c, block -> block.examples(order));
        });
  }

  @TestFactory
  Stream<DynamicTest> theOrderOfClassesDoesNotMatter() {
    return each(
        ObjectiveEntry.Property.CLASS_ORDER,
        (e, c) -> {
          int[] to = new int[c.classes()];
          new Philox(12).permutation(to);
          ObjectiveCase renamed = c.classes(to);
          requireClose(Evaluated.of(e, c), Evaluated.of(e, renamed), c, block -> block.classes(to));
        });
  }

  /** Equal losses, and gradients that have moved as the student's numbers have. */
  private static void requireClose(
      Evaluated before, Evaluated after, ObjectiveCase c, UnaryOperator<ObjectiveCase.Block> move) {
    assertEquals(before.loss(), after.loss(), ROUNDING * Math.max(1, Math.abs(before.loss())));
    c.student()
        .forEach(
            (tap, b) -> {
              double[] gradient = before.gradients().get(tap);
              var moved = move.apply(new ObjectiveCase.Block(b.shape(), b.perClass(), gradient));
              double bound = ROUNDING * Math.max(1, largest(gradient));
              assertArrayEquals(moved.values(), after.gradients().get(tap), bound, tap);
            });
  }

  @TestFactory
  Stream<DynamicTest> examplesThatComeTwiceChangeNothing() {
    return each(
        ObjectiveEntry.Property.BATCH_MEAN,
        (e, c) -> {
          int n = c.examples();
          ObjectiveCase twice = c.examples(IntStream.range(0, 2 * n).map(i -> i % n).toArray());
          double once = Evaluated.of(e, c).loss();
          double bound = ROUNDING * Math.max(1, Math.abs(once));
          assertEquals(once, Evaluated.of(e, twice).loss(), bound);
        });
  }

  @TestFactory
  Stream<DynamicTest> extremeNumbersGiveFiniteOnes() {
    return each(
        null,
        (e, c) -> {
          ObjectiveCase extreme = c.student(v -> 1e4 * Math.signum(v));
          for (DType type : List.of(DType.F64, DType.F32)) {
            requireFinite(e, extreme, type);
            requireFinite(e, extreme.teachers(v -> 1e4 * Math.signum(v)), type);
            requireFinite(e, extreme.teachers(v -> -1e4 * Math.signum(v)), type);
            requireFinite(e, c.student(v -> 0), type);
            requireFinite(e, c.teachers(v -> 0), type);
            requireFinite(e, c.student(v -> 0).teachers(v -> 0), type);
            requireFinite(e, c.sureTeachers(1e4), type);
            requireFinite(e, c.student(v -> 0).sureTeachers(1e4), type);
          }
        });
  }

  private static void requireFinite(ObjectiveEntry e, ObjectiveCase c, DType type) {
    Evaluated at = Evaluated.of(e.fitted(c.classes(), type), c, type, Workers.inline());
    assertTrue(at.isFinite(), type + ": " + at);
  }

  @TestFactory
  Stream<DynamicTest> twoThreadsHaveTheBitsOfOne() {
    return each(
        e -> {
          ObjectiveCase c = ObjectiveCase.random(e, 96, 65, 1);
          Objective fitted = e.fitted(c.classes(), DType.F32);
          Evaluated one = Evaluated.of(fitted, c, DType.F32, Workers.inline());
          try (Workers workers = Workers.of(2)) {
            Evaluated two = Evaluated.of(fitted, c, DType.F32, workers);
            assertEquals(one.loss(), two.loss());
            one.gradients()
                .forEach((name, g) -> assertArrayEquals(g, two.gradients().get(name), name));
          }
        });
  }

  /**
   * 2e−5 is some 300 roundings of float32: sums over 33 terms, exponentials and logarithms of a few
   * each, and temperatures up to 20, at which differences of logits lose a digit.
   */
  @TestFactory
  Stream<DynamicTest> float32IsNearFloat64() {
    return each(
        null,
        (e, c) -> {
          Evaluated exact = Evaluated.of(e, c);
          Evaluated rounded =
              Evaluated.of(e.fitted(c.classes(), DType.F32), c, DType.F32, Workers.inline());
          assertEquals(exact.loss(), rounded.loss(), 2e-5 * Math.max(1, Math.abs(exact.loss())));
          exact
              .gradients()
              .forEach(
                  (name, g) ->
                      assertArrayEquals(
                          g, rounded.gradients().get(name), 2e-5 * Math.max(1, largest(g)), name));
        });
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}
