package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.HeadScores;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Softmax;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Objective;
import limbeck.kd.TapShapes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Relations of the last layer's attention. */
class MiniLmTest {
  private static Tensor tensor(Shape shape, double... values) {
    Tensor t = Tensor.zeros(DType.F64, shape);
    for (int i = 0; i < values.length; i++) {
      t.set(i, values[i]);
    }
    return t;
  }

  private static double divergence(Tensor student, Tensor teacher, int... lengths) {
    RealSteps real = new RealSteps(lengths, student.shape().last());
    Var s = Var.of(student);
    Var t = Var.of(teacher);
    return Module.infer(new OpContext(Workers.inline()), () -> MiniLm.divergence(s, t, real))
        .get(0);
  }

  /** Two queries as computed apart; a third one, which says the same of both, adds nothing. */
  @Test
  void theGoldenVectors() {
    Shape one = Shape.of(1, 1, 3, 3);
    double kl =
        divergence(
            tensor(one, 0, 0, 1, 1, 1, 0, 5, 1, 1), tensor(one, 1, 0, -1, 0, 2, 1, 5, 1, 1), 3);
    assertEquals(0.451673126 * 2 / 3, kl, 1e-9);
    Var v = Var.of(tensor(Shape.of(1, 3, 2), 1, 0, 0, 1, 1, 1));
    Tensor r =
        Module.infer(
            new OpContext(Workers.inline()), () -> HeadScores.of(v, v, 1).apply(new Softmax()));
    double[] rows = {
      0.401112093, 0.197775815, 0.401112093,
      0.197775815, 0.401112093, 0.401112093,
      0.248255078, 0.248255078, 0.503489843
    };
    for (int i = 0; i < rows.length; i++) {
      assertEquals(rows[i], r.get(i), 1e-9);
    }
  }

  private static Tensor random(long seed, int... axes) {
    Tensor t = Tensor.zeros(DType.F64, Shape.of(axes));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.nextDouble(-2, 2));
    }
    return t;
  }

  /** The values of each head turned by one angle: V Q with Q orthogonal; 1e−12 is of rounding. */
  @Property(tries = 50)
  void valuesMayBeTurned(@ForAll long seed) {
    Tensor v = random(seed, 2, 4, 6);
    Tensor turned = v.own();
    double angle = new SplittableRandom(seed).nextDouble(0, 6);
    for (int i = 0; i < v.size(); i += 3) { // of each head's three the first two
      turned.set(i, Math.cos(angle) * v.get(i) - Math.sin(angle) * v.get(i + 1));
      turned.set(i + 1, Math.sin(angle) * v.get(i) + Math.cos(angle) * v.get(i + 1));
    }
    Tensor teacher = random(seed + 1, 2, 2, 4, 4);
    double[] found = new double[2];
    for (int k = 0; k < 2; k++) {
      Var values = Var.of(k == 0 ? v : turned);
      Tensor scores =
          Module.infer(new OpContext(Workers.inline()), () -> HeadScores.of(values, values, 2));
      found[k] = divergence(scores, teacher, 4, 3);
    }
    assertTrue(found[0] > 0);
    assertEquals(found[0], found[1], 1e-12);
    assertEquals(0, divergence(teacher, teacher, 4, 3));
  }

  private static TapShapes encoder(String name, int width, int heads, Object cutter) {
    return EncoderShapes.of(name, 2, width, heads, cutter);
  }

  private static void refused(String message, Objective o, TapShapes s, TapShapes t) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> o.fitted(s, t)).getMessage());
  }

  @Test
  void widthsAreFreeButHeadsAndTokensAreNot() {
    Objective fitted = new MiniLm().fitted(encoder("s", 4, 2, "a"), encoder("t", 6, 2, "a"));
    assertEquals(
        List.of("encoder.layers.1.self_attn.scores", "encoder.layers.1.self_attn.values"),
        fitted.studentTaps());
    refused(
        "mini-lm: attention of s has 2 heads, that of t 3; as many expected",
        new MiniLm(),
        encoder("s", 4, 2, null),
        encoder("t", 6, 3, null));
    refused(
        "mini-lm: s cuts texts into other tokens than t; steps are compared one by one: take"
            + " networks with one vocabulary and one longest text",
        new MiniLm(),
        encoder("s", 4, 2, "a"),
        encoder("t", 4, 2, "b"));
    refused(
        "mini-lm: teacherLayer = 3: t has layers 1 to 2",
        new MiniLm(0, 3),
        encoder("s", 4, 2, null),
        encoder("t", 4, 2, null));
    refused(
        "mini-lm: the width 4 of s does not split into 3 heads",
        new MiniLm(3, 0),
        encoder("s", 4, 2, null),
        encoder("t", 6, 3, null));
    assertEquals(
        3,
        new MiniLm(2, 1).fitted(encoder("s", 4, 2, 1), encoder("t", 6, 3, 1)).teacherTaps().size());
  }
}
