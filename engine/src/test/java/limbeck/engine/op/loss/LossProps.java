package limbeck.engine.op.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.loss.LossCase.Targets;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** What holds of every loss, on all outputs and targets. */
class LossProps {
  private static final int CASES = 17;

  private static final Workers THREE = Workers.of(3);

  @AfterContainer
  static void close() {
    THREE.close();
  }

  /** A loss with operands: a function of two numbers. */
  private static final class Drawn {
    final LossCase of;
    final SplittableRandom random;
    final int batch;
    final int classes;
    final Tensor[] in;

    Drawn(int number, long seed, DType type, double limit) {
      of = LossCase.ALL.get(number);
      random = new SplittableRandom(seed);
      batch = 1 + random.nextInt(6);
      classes = 2 + random.nextInt(19);
      in = of.operands(random, type, batch, classes, limit);
    }

    double tolerance(double of) {
      return 1e-11 * (1 + Math.abs(of));
    }
  }

  @Example
  void everyLossIsAmongThem() {
    assertEquals(CASES, LossCase.ALL.size());
    Set<String> tried = new TreeSet<>();
    LossCase.ALL.forEach(c -> tried.add(c.loss().getClass().getSimpleName()));
    assertEquals(names(LossOp.class), tried);
  }

  private static Set<String> names(Class<?> type) {
    Set<String> names = new TreeSet<>();
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        names.addAll(names(permitted));
      }
    } else {
      names.add(type.getSimpleName());
    }
    return names;
  }

  private static int[] permutation(SplittableRandom random, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Rows in another order: y[i] = x[order[i]]. */
  private static Tensor rows(Tensor x, int... order) {
    int n = x.size() / x.shape().axis(0);
    Tensor y = Tensor.zeros(x.dtype(), x.shape().with(0, order.length));
    for (int i = 0; i < y.size(); i++) {
      y.set(i, x.get(order[i / n] * n + i % n));
    }
    return y;
  }

  /** Classes in another order; labels go with them. */
  private static Tensor classes(Tensor x, int... order) {
    Tensor y = Tensor.zeros(x.dtype(), x.shape());
    for (int i = 0; i < y.size(); i++) {
      if (x.dtype() == DType.I32) {
        for (int c = 0; c < order.length; c++) {
          y.set(i, order[c] == (int) x.get(i) ? c : y.get(i));
        }
      } else {
        int n = order.length;
        y.set(i, x.get(i / n * n + order[i % n]));
      }
    }
    return y;
  }

  private static void assertNear(Tensor expected, Tensor found, double tolerance, Object what) {
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), found.get(i), tolerance, what + ", element " + i);
    }
  }

  @Property
  void theOrderOfExamplesDoesNotMatter(
      @ForAll @IntRange(max = CASES - 1) int number, @ForAll long seed) {
    Drawn d = new Drawn(number, seed, DType.F64, 6);
    int[] order = permutation(d.random, d.batch);
    Tensor[] other = new Tensor[d.in.length];
    for (int k = 0; k < other.length; k++) {
      other[k] = rows(d.in[k], order);
    }
    double loss = d.of.value(d.in);
    assertEquals(loss, d.of.value(other), d.tolerance(loss), d.of.toString());
    assertNear(rows(d.of.gradient(d.in), order), d.of.gradient(other), 1e-13, d.of);
  }

  @Property
  void classesHaveNoOrder(@ForAll @IntRange(max = CASES - 1) int number, @ForAll long seed) {
    Drawn d = new Drawn(number, seed, DType.F64, 6);
    int[] order = permutation(d.random, d.classes);
    Tensor[] other = new Tensor[d.in.length];
    for (int k = 0; k < other.length; k++) {
      other[k] = classes(d.in[k], order);
    }
    double loss = d.of.value(d.in);
    assertEquals(loss, d.of.value(other), d.tolerance(loss), d.of.toString());
    assertNear(classes(d.of.gradient(d.in), order), d.of.gradient(other), 1e-11, d.of);
  }

  /** But for the likelihood of what need not be logarithms of probabilities. */
  @Property
  void noLossIsNegative(@ForAll @IntRange(max = CASES - 1) int number, @ForAll long seed) {
    Drawn d = new Drawn(number, seed, DType.F64, 40);
    if (!(d.of.loss() instanceof NegativeLogLikelihood)) {
      double loss = d.of.value(d.in);
      assertTrue(loss >= -1e-12, d.of + ": " + loss);
    }
  }

  /** Of losses on softened distributions: a constant on the outputs of an example says nothing. */
  @Property
  void aConstantOnAllClassesChangesNothing(
      @ForAll @IntRange(max = CASES - 1) int number, @ForAll long seed) {
    Drawn d = new Drawn(number, seed, DType.F64, 6);
    boolean blind =
        switch (d.of.loss().getClass().getSimpleName()) {
          case "SquaredError", "Huber", "BceLogits", "CosineDistance", "Triplet" -> false;
          case "NegativeLogLikelihood" -> false;
          default -> true;
        };
    if (!blind) {
      return;
    }
    double loss = d.of.value(d.in);
    double[] shift = new double[d.batch];
    for (int b = 0; b < d.batch; b++) {
      shift[b] = 3 + 10 * d.random.nextDouble();
    }
    for (int i = 0; i < d.in[0].size(); i++) {
      d.in[0].set(i, d.in[0].get(i) + shift[i / d.classes]);
    }
    assertEquals(loss, d.of.value(d.in), 1e-10 * (1 + loss), d.of.toString());
  }

  /** But for what the cosine's ε of 1e−12 adds: ε/|x|² to the loss, ε/|x|³ to its gradient. */
  @Property
  void outputsThatEqualTheirTargetsCostNothing(
      @ForAll @IntRange(max = CASES - 1) int number, @ForAll long seed) {
    Drawn d = new Drawn(number, seed, DType.F64, 6);
    if (d.of.targets() == Targets.LOGITS) {
      double a = d.of.loss() instanceof CosineDistance ? 1 / shortest(d.in[0]) : 0;
      double loss = d.of.value(d.in[0], d.in[0]);
      assertEquals(0, loss, 1e-13 + 1.1e-12 * a * a, d.of.toString());
      Tensor gradient = d.of.gradient(d.in[0], d.in[0].own());
      for (int i = 0; i < gradient.size(); i++) {
        assertEquals(0, gradient.get(i), 1e-12 + 1.1e-12 * a * a * a, d.of.toString());
      }
    }
  }

  /** The length of the shortest row. */
  private static double shortest(Tensor x) {
    int n = x.shape().last();
    double shortest = Double.POSITIVE_INFINITY;
    for (int row = 0; row < x.size() / n; row++) {
      double square = 0;
      for (int i = row * n; i < (row + 1) * n; i++) {
        square += x.get(i) * x.get(i);
      }
      shortest = Math.min(shortest, Math.sqrt(square));
    }
    return shortest;
  }

  @Property
  void reductionsDifferByTheNumberOfTerms(
      @ForAll @IntRange(max = CASES - 1) int number, @ForAll long seed) {
    Drawn d = new Drawn(number, seed, DType.F64, 6);
    double sum = d.of.with(Reduction.SUM).value(d.in);
    double mean = d.of.with(Reduction.BATCH_MEAN).value(d.in);
    double each = d.of.with(Reduction.ELEMENT_MEAN).value(d.in);
    assertEquals(sum, mean * d.batch, d.tolerance(sum), d.of.toString());
    assertEquals(mean, each * d.classes, d.tolerance(mean), d.of.toString());
  }

  @Property
  void aBatchTwiceHasTheSameMean(@ForAll @IntRange(max = CASES - 1) int number, @ForAll long seed) {
    Drawn d = new Drawn(number, seed, DType.F64, 6);
    int[] twice = new int[2 * d.batch];
    for (int i = 0; i < twice.length; i++) {
      twice[i] = i % d.batch;
    }
    Tensor[] other = new Tensor[d.in.length];
    for (int k = 0; k < other.length; k++) {
      other[k] = rows(d.in[k], twice);
    }
    LossCase mean = d.of.with(Reduction.BATCH_MEAN);
    double loss = mean.value(d.in);
    assertEquals(loss, mean.value(other), d.tolerance(loss), d.of.toString());
  }

  /** The slope along a random direction, at the best of some steps: kinks are rarely near. */
  @Property
  void theGradientIsTheSlope(@ForAll @IntRange(max = CASES - 1) int number, @ForAll long seed) {
    Drawn d = new Drawn(number, seed, DType.F64, 4);
    Tensor z = d.in[0];
    Tensor gradient = d.of.gradient(d.in);
    double[] v = new double[z.size()];
    double along = 0;
    double size = 0;
    for (int i = 0; i < v.length; i++) {
      v[i] = d.random.nextBoolean() ? 1 : -1;
      along += v[i] * gradient.get(i);
      size += Math.abs(gradient.get(i));
    }
    double best = Double.POSITIVE_INFINITY;
    for (double h = 1e-4; h > 1e-8; h /= 10) {
      double slope = (shifted(d, v, h) - shifted(d, v, -h)) / (2 * h);
      best = Math.min(best, Math.abs(slope - along));
    }
    assertTrue(best <= 1e-6 * (1 + size), d.of + ": off by " + best + " of " + size);
  }

  private static double shifted(Drawn d, double[] v, double h) {
    Tensor[] in = d.in.clone();
    in[0] = d.in[0].own();
    for (int i = 0; i < v.length; i++) {
      in[0].set(i, in[0].get(i) + h * v[i]);
    }
    return d.of.value(in);
  }

  @Property
  void floatsAreNearDoubles(@ForAll @IntRange(max = CASES - 1) int number, @ForAll long seed) {
    Drawn d = new Drawn(number, seed, DType.F32, 6);
    Tensor[] exact = new Tensor[d.in.length];
    for (int k = 0; k < exact.length; k++) {
      exact[k] = d.in[k].dtype() == DType.I32 ? d.in[k] : d.in[k].to(DType.F64);
    }
    double loss = d.of.value(exact);
    assertEquals(loss, d.of.value(d.in), 1e-5 * (1 + Math.abs(loss)), d.of.toString());
  }

  @Property
  void hugeOutputsMakeNoNaN(@ForAll @IntRange(max = CASES - 1) int number, @ForAll long seed) {
    Drawn d = new Drawn(number, seed, DType.F32, 1e4);
    assertTrue(Double.isFinite(d.of.value(d.in)), d.of.toString());
    Tensor gradient = d.of.gradient(d.in);
    for (int i = 0; i < gradient.size(); i++) {
      assertTrue(Double.isFinite(gradient.get(i)), d.of + ", gradient " + i);
    }
  }

  @Property(tries = 400) // waking threads is slow
  void threadsChangeNoBit(@ForAll @IntRange(max = CASES - 1) int number, @ForAll long seed) {
    Drawn d = new Drawn(number, seed, DType.F32, 6);
    Tensor[] many = new Tensor[d.in.length];
    int[] order = new int[300];
    for (int i = 0; i < order.length; i++) {
      order[i] = d.random.nextInt(d.batch);
    }
    for (int k = 0; k < many.length; k++) {
      many[k] = rows(d.in[k], order);
    }
    Tensor expected = d.of.gradient(many);
    Tensor found = d.of.gradient(THREE, many);
    assertNear(expected, found, 0, d.of);
  }
}
