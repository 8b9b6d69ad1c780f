package limbeck.kd.specialist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.specialist.Consensus.Opinion;
import org.junit.jupiter.api.Test;

class AskSpecialistsTest {
  private static final int CLASSES = 5;
  private static final SpecialClasses LOW = new SpecialClasses(CLASSES, List.of(0, 1));
  private static final SpecialClasses HIGH = new SpecialClasses(CLASSES, List.of(1, 3));
  private static final AskSpecialists BOTH = new AskSpecialists(2, 1);

  private static Tensor logits(DType type, int stream, int rows) {
    Tensor t = Tensor.zeros(type, Shape.of(rows, CLASSES));
    Philox random = new Philox(3, stream);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, (float) (3 * random.normal(i)));
    }
    return t;
  }

  private static Tensor[] inputs(DType type, int rows) {
    return new Tensor[] {
      logits(type, 0, rows), special(type), logits(type, 1, rows), logits(type, 2, rows)
    };
  }

  private static Tensor special(DType type) {
    Tensor special = Tensor.zeros(type, Shape.of(2, CLASSES));
    LOW.special().forEach(k -> special.set(k, 1));
    HIGH.special().forEach(k -> special.set(CLASSES + k, 1));
    return special;
  }

  private static Tensor ask(AskSpecialists op, Workers workers, Tensor... in) {
    Tensor out = Tensor.zeros(in[0].dtype(), in[0].shape());
    op.forward(new OpContext(workers), in, out);
    return out;
  }

  private static double[] row(Tensor t, int row) {
    double[] z = new double[CLASSES];
    Arrays.setAll(z, k -> t.get(row * CLASSES + k));
    return z;
  }

  private static Opinion opinion(SpecialClasses set, Tensor logits, int row) {
    double[] p = Probabilities.softmax(row(logits, row));
    return Opinion.of(set.outputsOfClasses(), p);
  }

  /** Class by class: who is called depends on the generalist's likeliest. */
  @Test
  void asksThoseWhoseClassIsLikeliest() {
    Tensor[] in = inputs(DType.F64, 1);
    for (int likeliest = 0; likeliest < CLASSES; likeliest++) {
      double[] z = {0.1, 0.3, 0.2, 0.5, -1};
      z[likeliest] = 2;
      in[0] = Tensor.of(Shape.of(1, CLASSES), z);
      List<Opinion> called =
          switch (likeliest) {
            case 0 -> List.of(opinion(LOW, in[2], 0));
            case 1 -> List.of(opinion(LOW, in[2], 0), opinion(HIGH, in[3], 0));
            case 3 -> List.of(opinion(HIGH, in[3], 0));
            default -> List.of();
          };
      double[] expected = new Consensus(Probabilities.softmax(z.clone()), called).solve();
      double[] given = row(ask(BOTH, Workers.inline(), in), 0);
      if (called.isEmpty()) {
        assertArrayEquals(z, given); // the very bits
      }
      assertArrayEquals(expected, Probabilities.softmax(given), 1e-14);
    }
  }

  @Test
  void moreOfTheLikeliestCallMore() {
    Tensor generalist = Tensor.of(Shape.of(1, CLASSES), new float[] {1, 0, 3, 0, 0});
    Tensor[] in = inputs(DType.F32, 1);
    in[0] = generalist;
    assertArrayEquals(generalist.floats(), ask(BOTH, Workers.inline(), in).floats());
    AskSpecialists two = new AskSpecialists(2, 2);
    assertFalse(Arrays.equals(generalist.floats(), ask(two, Workers.inline(), in).floats()));
  }

  /** Whose classes are all there are says what a second generalist says. */
  @Test
  void aSpecialistOfEverythingIsAnotherGeneralist() {
    Tensor[] in = inputs(DType.F64, 1);
    Tensor all = Tensor.of(Shape.of(1, CLASSES), new double[] {1, 1, 1, 1, 1});
    double[] q =
        Probabilities.softmax(
            row(ask(new AskSpecialists(1, 1), Workers.inline(), in[0], all, in[2]), 0));
    double[] p = Probabilities.softmax(row(in[0], 0));
    double[] other = Probabilities.softmax(row(in[2], 0));
    for (int k = 0; k < CLASSES; k++) {
      assertEquals((p[k] + other[k]) / 2, q[k], 1e-14);
    }
  }

  /** How a specialist shares its dustbin out means nothing. */
  @Test
  void ofOtherClassesOnlyTheSumCounts() {
    Tensor[] in = inputs(DType.F64, 1);
    in[0] = Tensor.of(Shape.of(1, CLASSES), new double[] {2, 1, 0, 0, 0});
    double[] said = {1, 2, 0.5, 0.5, 0.5};
    double sum = StrictMath.log(3 * StrictMath.exp(0.5));
    in[2] = Tensor.of(Shape.of(1, CLASSES), said);
    double[] equally = row(ask(BOTH, Workers.inline(), in), 0);
    in[2] = Tensor.of(Shape.of(1, CLASSES), new double[] {1, 2, -800, sum, -800});
    assertArrayEquals(equally, row(ask(BOTH, Workers.inline(), in), 0), 1e-12);
  }

  @Test
  void threadsAndBatchesDoNotShow() {
    int rows = 203;
    Tensor[] in = inputs(DType.F32, rows);
    float[] alone = ask(BOTH, Workers.inline(), in).floats();
    try (Workers three = Workers.of(3)) {
      assertArrayEquals(alone, ask(BOTH, three, in).floats());
    }
    for (int i = 0; i < rows; i += 50) {
      int from = i;
      Tensor[] single = in.clone();
      for (int k : new int[] {0, 2, 3}) {
        single[k] = in[k].slice(from, from + 1);
      }
      float[] expected = Arrays.copyOfRange(alone, i * CLASSES, (i + 1) * CLASSES);
      assertArrayEquals(expected, ask(BOTH, Workers.inline(), single).floats());
    }
  }

  /** Computed in double precision, so a float result is off by its own rounding, 2^-24 of it. */
  @Test
  void floatsAreRoundedDoubles() {
    Tensor[] doubles = inputs(DType.F64, 64);
    Tensor exact = ask(BOTH, Workers.inline(), doubles);
    Tensor rounded = ask(BOTH, Workers.inline(), inputs(DType.F32, 64));
    for (int i = 0; i < exact.size(); i++) {
      assertEquals((float) exact.get(i), (float) rounded.get(i));
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    Shape five = Shape.of(2, 5);
    assertTrue(message(() -> BOTH.infer(five, five, five)).contains("3 given instead of 4"));
    assertTrue(
        message(() -> BOTH.infer(five, five, five, Shape.of(2, 4)))
            .contains("like the first of 2"));
    assertTrue(
        message(() -> BOTH.infer(five, Shape.of(3, 5), five, five))
            .contains("special [2, classes]"));
    AskSpecialists six = new AskSpecialists(2, 6);
    assertTrue(message(() -> six.infer(five, five, five, five)).contains("with 6 classes or more"));
    assertTrue(message(() -> new AskSpecialists(0, 1)).contains("1 or more of both expected"));
    assertTrue(message(() -> new AskSpecialists(1, 0)).contains("1 or more of both expected"));
    assertThrows(
        UnsupportedOperationException.class, () -> BOTH.backward(null, null, null, null, null));
    assertFalse(BOTH.differentiable(0));
  }

  private static String message(Runnable bad) {
    RuntimeException e = assertThrows(RuntimeException.class, bad::run);
    assertTrue(e instanceof ShapeException || e instanceof IllegalArgumentException, e.toString());
    return e.getMessage();
  }
}
