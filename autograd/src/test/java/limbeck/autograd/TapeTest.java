package limbeck.autograd;

import static limbeck.autograd.Numbers.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.autograd.optim.Sgd;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;
import org.junit.jupiter.api.Test;

/** What gradients are, by examples worked out by hand: all numbers are exact in float. */
class TapeTest {
  /** Memory given back turns into NaN, so that nothing stale goes unseen. */
  private final OpContext context =
      new OpContext(KernelProvider.f32(), Workers.inline(), Workspace.poisoning());

  private static Tensor vector(float... values) {
    return Tensor.of(Shape.of(values.length), values);
  }

  private static void assertValues(Tensor actual, double... expected) {
    assertNotNull(actual, "there is no gradient");
    double[] values = new double[actual.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = actual.get(i);
    }
    assertArrayEquals(expected, values);
  }

  /** A model of one vector w. */
  private static Parameter parameter(float... values) {
    Weights model = new Weights(Init.constant(0), Shape.of(values.length));
    model.init(0);
    model.get(0).value().copyFrom(vector(values));
    return model.get(0);
  }

  @Test
  void aSquareOfOneVariableIsTwoUses() {
    Parameter w = parameter(5, 0.5f);
    Var x = Var.input(vector(3, -2));
    try (Tape tape = Tape.open(context)) {
      Var y = x.times(x).sum().plus(w.times(w).sum());
      assertEquals(9 + 4 + 25 + 0.25, y.item());
      tape.backward(y);
      assertValues(x.gradient(), 6, -4);
      assertValues(w.gradient(), 10, 1);
    }
  }

  @Test
  void usesInSeveralOpsAddUp() {
    Var x = Var.input(vector(3, -2));
    try (Tape tape = Tape.open(context)) {
      Var h = x.times(2);
      Var y = h.times(h).sum().plus(h.sum()).minus(x.mean()); // 4x² + 2x − x/2
      tape.backward(y);
      assertValues(x.gradient(), 8 * 3 + 1.5, 8 * -2 + 1.5);
      assertValues(h.gradient(), 2 * 6 + 1, 2 * -4 + 1);
    }
  }

  @Test
  void lossesOnOneTapeAddUp() {
    Parameter w = parameter(3, -2);
    try (Tape tape = Tape.open(context)) {
      Var h = w.times(2);
      Var linear = h.sum();
      Var square = h.times(h).sum();
      tape.backward(linear);
      assertValues(w.gradient(), 2, 2);
      tape.backward(square);
      assertValues(w.gradient(), 2 + 24, 2 - 16);
      assertValues(h.gradient(), 12, -8); // a result's is that of the last loss
      tape.backward(linear);
      assertValues(w.gradient(), 4 + 24, 4 - 16);
    }
  }

  @Test
  void tapesAddUpUntilTheStep() {
    Parameter w = parameter(3, -2);
    Sgd sgd = new Sgd(w.store(), 0.25);
    for (float c : new float[] {1, 10}) {
      try (Tape tape = Tape.open(context)) {
        tape.backward(w.times(c).sum());
      }
    }
    assertValues(w.gradient(), 11, 11);
    sgd.step(Workers.inline());
    assertNull(w.gradient());
    assertValues(w.value(), 3 - 2.75, -2 - 2.75);
    try (Tape tape = Tape.open(context)) {
      tape.backward(w.sum());
    }
    assertValues(w.gradient(), 1, 1);
  }

  @Test
  void anInputsGradientEndsWithTheTape() {
    Var x = Var.input(vector(3, -2));
    for (int turn = 0; turn < 2; turn++) {
      try (Tape tape = Tape.open(context)) {
        tape.backward(x.sum());
        tape.backward(x.times(2).sum());
        assertValues(x.gradient(), 3, 3); // the same each time: nothing is left of the first tape
      }
      assertNull(x.gradient());
    }
  }

  @Test
  void constantsGetNone() {
    Parameter w = parameter(3, -2);
    Var constant = Var.of(vector(7, 8));
    try (Tape tape = Tape.open(context)) {
      Var derived = constant.times(2);
      assertFalse(derived.needsGradient());
      tape.backward(w.times(derived).sum());
      assertNull(constant.gradient());
      assertNull(derived.gradient());
      assertValues(w.gradient(), 14, 16);
    }
  }

  @Test
  void whatTheLossDoesNotDependOnGetsNone() {
    Parameter w = parameter(3, -2);
    Parameter other = parameter(1, 1);
    try (Tape tape = Tape.open(context)) {
      Var unused = other.times(2).sum();
      tape.backward(w.sum());
      assertNull(other.gradient());
      assertNull(unused.gradient());
    }
  }

  @Test
  void frozenParametersLetGradientsThrough() {
    Linear front = new Linear(2, 2);
    Linear back = new Linear(2, 1);
    Sequential model = new Sequential(front, back);
    model.init(1);
    back.weight().value().copyFrom(Tensor.of(Shape.of(1, 2), 4f, -8f));
    back.freeze(true);
    Var x = Var.of(Tensor.of(Shape.of(1, 2), 3f, 5f));
    try (Tape tape = Tape.open(context)) {
      tape.backward(model.forward(x).sum());
      assertEquals(3, tape.steps().size()); // frozen or not, both layers and the sum
    }
    assertNull(back.weight().gradient());
    assertNull(back.bias().gradient());
    assertValues(front.bias().gradient(), 4, -8);
    assertValues(front.weight().gradient(), 12, 20, -24, -40);
    Tensor before = back.weight().value().own();
    new Sgd(model.parameters(), 1).step(Workers.inline());
    assertSameBits(before, back.weight().value(), "frozen weight");
  }

  @Test
  void additionsAreInReverseOfRecording() {
    Var x = Var.input(vector(1));
    try (Tape tape = Tape.open(context)) {
      Var a = x.times(1);
      Var b = x.times(1e8);
      Var c = x.times(-1e8);
      tape.backward(a.plus(b).plus(c).sum());
      assertValues(x.gradient(), 1); // (c + b) + a; (a + b) + c would lose the 1
    }
  }

  @Test
  void inferenceInsideATapeRecordsNothing() {
    Parameter w = parameter(3, -2);
    Sequential teacher = new Sequential(new Linear(2, 2), Activation.relu());
    teacher.init(5);
    Tensor x = Tensor.of(Shape.of(1, 2), 1f, 2f);
    Tensor alone = teacher.infer(x, new OpContext(Workers.inline()));
    try (Tape tape = Tape.open(context)) {
      Var before = w.times(2);
      Tensor taught = teacher.infer(x, context);
      assertEquals(1, tape.steps().size());
      assertSameBits(alone, taught, "teacher");
      Var after = before.sum(); // recording goes on
      assertEquals(2, tape.steps().size());
      tape.backward(after);
      assertSameBits(alone, taught, "teacher, whose memory lives as long as the tape");
    }
    assertValues(w.gradient(), 2, 2);
    teacher.parameters().parameters().values().forEach(p -> assertNull(p.gradient()));
  }

  @Test
  void inferenceThatFailsGoesBackToTheTape() {
    Sequential teacher = new Sequential(new Linear(2, 2));
    teacher.init(5);
    Var x = Var.input(vector(1));
    try (Tape tape = Tape.open(context)) {
      try {
        teacher.infer(vector(1, 2, 3), context);
      } catch (IllegalArgumentException expected) {
        assertTrue(expected.getMessage().startsWith("linear: "), expected.getMessage());
      }
      tape.backward(x.sum());
      assertValues(x.gradient(), 1);
    }
  }

  @Test
  void withoutATapeNothingIsRecordedAndResultsLive() {
    Parameter w = parameter(3, -2);
    Var y = w.times(2);
    Var z = y.plus(y);
    assertFalse(z.needsGradient());
    assertNull(z.tape());
    assertValues(y.value(), 6, -4);
    assertValues(z.value(), 12, -8);
  }

  @Test
  void theInnermostTapeRecords() {
    Parameter w = parameter(3, -2);
    OpContext other = new OpContext(Workers.inline());
    try (Tape outer = Tape.open(context)) {
      Var y = w.times(2).sum();
      try (Tape inner = Tape.open(other)) {
        Var z = w.times(10).sum();
        assertEquals(2, inner.steps().size());
        assertEquals(2, outer.steps().size());
        inner.backward(z);
      }
      assertValues(w.gradient(), 10, 10);
      outer.backward(y);
      assertValues(w.gradient(), 12, 12);
    }
  }

  @Test
  void aTapeOnTheSameWorkspaceLeavesTheOuterOnesMemoryAlone() {
    Parameter w = parameter(3, -2);
    for (int turn = 0; turn < 3; turn++) { // from the second on, everything lies in one slab
      w.store().clearGradients();
      try (Tape outer = Tape.open(context)) {
        Var h = w.times(w);
        try (Tape inner = Tape.open(context)) {
          Var k = h.times(h); // the outer one's result, a leaf here
          inner.backward(k.sum());
          assertValues(h.gradient(), 18, 8);
          assertNull(w.gradient());
        }
        assertNull(h.gradient());
        outer.backward(h.times(h).sum()); // w⁴
        assertValues(w.gradient(), 4 * 27, 4 * -8);
      }
    }
  }

  @Test
  void aResultsGradientIsThatOfTheLastLossOnAnyTape() {
    Parameter w = parameter(3, -2);
    try (Tape outer = Tape.open(context)) {
      Var h = w.times(w);
      outer.backward(h.times(7).sum());
      assertValues(h.gradient(), 7, 7);
      try (Tape inner = Tape.open(context)) {
        Var k = h.times(h).sum();
        for (int turn = 0; turn < 2; turn++) {
          inner.backward(k);
          assertValues(h.gradient(), 18, 8);
        }
      }
    }
  }

  @Test
  void memoryHasItsSizeAfterTheFirstStep() {
    Parameter w = parameter(new float[5000]);
    long bytes = 0;
    for (int step = 0; step < 5; step++) {
      try (Tape tape = Tape.open(context)) {
        Var y = w.times(w).plus(w.times(3)).plus(w);
        tape.backward(y.times(y).sum());
      }
      assertTrue(step == 0 || context.workspace().bytes() == bytes, "step " + step);
      bytes = context.workspace().bytes();
    }
    // w², 3w, two sums, y²; gradients of these; both terms of w² to add to w's gradient; rounding
    long values = 4L * 5000;
    assertTrue(bytes <= 12 * values + 4 * 16 * 16, bytes + " bytes");
  }

  @Test
  void lossesMayBeVectorsOfOne() {
    Var x = Var.input(vector(3));
    try (Tape tape = Tape.open(context)) {
      tape.backward(x.times(x));
      assertValues(x.gradient(), 6);
    }
  }

  @Test
  void labelsNeedNoGradient() {
    Var logits = Var.input(Tensor.of(Shape.of(1, 2), 0f, 0f));
    Var labels = Var.of(Tensor.of(Shape.of(1), 1));
    try (Tape tape = Tape.open(context)) {
      tape.backward(logits.apply(new CrossEntropy(), labels));
      assertValues(logits.gradient(), 0.5, -0.5);
      assertNull(labels.gradient());
    }
  }
}
