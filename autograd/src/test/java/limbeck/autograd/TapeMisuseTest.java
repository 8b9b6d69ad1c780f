package limbeck.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicReference;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.autograd.optim.Sgd;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.op.CustomOp;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Relu;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a tape refuses, and what it says then. */
class TapeMisuseTest {
  private final OpContext context = new OpContext(Workers.inline());
  private final Weights model = new Weights(Init.constant(2), Shape.of(3));
  private final Parameter w = model.get(0);

  TapeMisuseTest() {
    model.init(1);
  }

  private static <T extends Exception> void assertFails(
      Class<T> type, String message, Executable call) {
    String said = assertThrows(type, call).getMessage();
    assertTrue(said.contains(message), () -> "\"" + said + "\" lacks \"" + message + "\"");
    assertFalse(said.contains("\n"), said);
  }

  private static void assertRefuses(String message, Executable call) {
    assertFails(IllegalStateException.class, message, call);
  }

  @Test
  void backwardAfterAStep() {
    try (Tape tape = Tape.open(context)) {
      Var loss = w.times(w).sum();
      tape.backward(loss);
      new Sgd(model.parameters(), 0.1).step(Workers.inline());
      assertRefuses(
          "parameters have changed since they were recorded; call backward before the optimizer's"
              + " step",
          () -> tape.backward(loss));
      assertNull(w.gradient());
    }
  }

  @Test
  void backwardAfterAnyOtherChange() {
    Runnable[] changes = {
      () -> w.freeze(true),
      () -> model.load(Numbers.copy(model.state())),
      () -> model.parameters().init(3),
      () -> model.init(4),
      () -> new Sequential(model).init(5)
    };
    for (Runnable change : changes) {
      model.init(1);
      w.freeze(false);
      try (Tape tape = Tape.open(context)) {
        Var loss = w.times(w).sum();
        change.run();
        assertRefuses("parameters have changed", () -> tape.backward(loss));
      }
    }
  }

  @Test
  void freezingWhatIsFrozenIsNoChange() {
    try (Tape tape = Tape.open(context)) {
      Var loss = w.times(w).sum();
      w.freeze(false);
      tape.backward(loss);
    }
    assertNotNull(w.gradient());
  }

  @Test
  void backwardOfMoreThanANumber() {
    try (Tape tape = Tape.open(context)) {
      assertFails(
          ShapeException.class,
          "backward: the loss has shape [3], a single number expected; take its sum() or mean()",
          () -> tape.backward(w.times(2)));
    }
  }

  @Test
  void backwardOnAClosedTape() {
    Tape tape = Tape.open(context);
    Var loss = w.sum();
    tape.close();
    tape.close(); // again: nothing
    assertRefuses("backward: the tape is closed", () -> tape.backward(loss));
  }

  @Test
  void anotherThread() throws InterruptedException {
    AtomicReference<Throwable> atBackward = new AtomicReference<>();
    AtomicReference<Throwable> atClose = new AtomicReference<>();
    AtomicReference<Var> unrecorded = new AtomicReference<>();
    try (Tape tape = Tape.open(context)) {
      Var loss = w.sum();
      Thread other =
          new Thread(
              () -> {
                unrecorded.set(Var.of(w.value().own()).times(2));
                atBackward.set(assertThrows(Throwable.class, () -> tape.backward(loss)));
                atClose.set(assertThrows(Throwable.class, tape::close));
              },
              "elsewhere");
      other.start();
      other.join();
      assertEquals(1, tape.steps().size()); // ops of other threads are not on it
      tape.backward(loss); // and it still works here
    }
    assertNull(unrecorded.get().tape());
    String here = Thread.currentThread().getName();
    for (Throwable t : new Throwable[] {atBackward.get(), atClose.get()}) {
      assertEquals(IllegalStateException.class, t.getClass());
      assertTrue(t.getMessage().contains("\"" + here + "\""), t.getMessage());
      assertTrue(t.getMessage().contains("\"elsewhere\""), t.getMessage());
    }
  }

  @Test
  void aLossWithoutParameters() {
    try (Tape tape = Tape.open(context)) {
      Var loss = Var.of(w.value().own()).times(2).sum();
      assertRefuses("the loss depends on no parameter", () -> tape.backward(loss));
      w.freeze(true);
      Var frozen = w.sum();
      assertRefuses("or on frozen ones only", () -> tape.backward(frozen));
    }
  }

  @Test
  void aLossOfElsewhere() {
    Var leaf = Var.input(Tensor.of(Shape.SCALAR, 1f));
    Var unrecorded = w.sum();
    try (Tape outer = Tape.open(context)) {
      Var outerLoss = w.sum();
      try (Tape inner = Tape.open(new OpContext(Workers.inline()))) {
        for (Var loss : new Var[] {leaf, unrecorded, outerLoss}) {
          assertRefuses("not the result of an op on this tape", () -> inner.backward(loss));
        }
      }
      outer.backward(outerLoss);
    }
    assertNotNull(w.gradient());
  }

  @Test
  void backwardInsideAnInnerTapeOrAnEvaluation() {
    Workspace memory = Workspace.poisoning();
    OpContext shared = new OpContext(KernelProvider.f32(), Workers.inline(), memory);
    Var x = Var.input(Tensor.of(Shape.of(3), 1f, 2f, 3f));
    for (OpContext inside : new OpContext[] {shared, context}) {
      try (Tape outer = Tape.open(shared)) {
        Var loss = x.times(w).sum();
        try (Tape inner = Tape.open(inside)) {
          assertRefuses("another tape, or an evaluation, was begun", () -> outer.backward(loss));
          inner.backward(w.sum());
        }
        Module.infer(
            inside,
            () -> {
              assertRefuses("another tape, or an evaluation", () -> outer.backward(loss));
              return w;
            });
        assertNull(x.gradient());
        outer.backward(loss);
        assertEquals(2, x.gradient().get(0)); // and nobody has taken its memory back
      }
    }
  }

  @Test
  void valuesEndWithTheirTape() {
    Var result;
    try (Tape tape = Tape.open(context)) {
      result = w.sum();
      assertEquals(6, result.item());
      tape.backward(result);
    }
    Var ended = result;
    assertRefuses("ended with the tape that recorded it", ended::value);
    assertRefuses("ended with the tape that recorded it", ended::item);
    assertRefuses("ended with the tape that recorded it", () -> ended.times(2));
    assertNull(ended.gradient());
    assertEquals("ended with its tape", ended.toString());
  }

  @Test
  void closingClosesWhatWasLeftOpenInside() {
    Tape outer = Tape.open(context);
    Tape left = Tape.open(context);
    Var inner = w.sum();
    outer.close();
    assertRefuses("ended with the tape", inner::value);
    assertFalse(left.isOpen());
    assertNull(w.times(2).tape()); // nothing records any more
    left.close();
    try (Tape next = Tape.open(context)) {
      next.backward(w.sum());
    }
    assertNotNull(w.gradient());
  }

  @Test
  void parametersWithoutValues() {
    Linear layer = new Linear(3, 2);
    Var x = Var.of(Tensor.zeros(DType.F32, Shape.of(1, 3)));
    assertRefuses(
        "parameter weight [2, 3] has no values yet: call init or load on its model",
        () -> layer.forward(x));
  }

  @Test
  void typesThatDoNotFit() {
    Var f32 = Var.of(Tensor.zeros(DType.F32, Shape.of(3)));
    Var f64 = Var.of(Tensor.zeros(DType.F64, Shape.of(3)));
    Var i32 = Var.of(Tensor.zeros(DType.I32, Shape.of(3)));
    assertFails(ShapeException.class, "add: a [3] is F32, but b [3] is F64", () -> f32.plus(f64));
    assertFails(
        ShapeException.class, "add: b [3] is I32, a floating type expected", () -> f32.plus(i32));
    assertFails(ShapeException.class, "relu: x [3] is I32", () -> i32.apply(new Relu()));
    assertFails(
        ShapeException.class,
        "relu: operands [x] expected, 2 given",
        () -> f32.apply(new Relu(), f64));
    assertFails(ShapeException.class, "input: I32[3]", () -> Var.input(i32.value()));
    Var logits = Var.of(Tensor.zeros(DType.F32, Shape.of(3, 2)));
    assertFails(
        ShapeException.class,
        "crossEntropy: labels [3] is F32, I32 expected",
        () -> logits.apply(new CrossEntropy(), f32));
    assertFails(
        ShapeException.class,
        "batchNormInference: variance [channels=3] is I32, a floating type expected",
        () -> {
          Var x = Var.of(Tensor.zeros(DType.F32, Shape.of(2, 3)));
          x.apply(new BatchNormInference(1e-5), f32, f32, f32, i32);
        });
    assertRefuses("item: [3] is not a single number", f32::item);
  }

  /** x, with a backward that fails half way. */
  private record Failing() implements CustomOp {
    @Override
    public Shape infer(Shape... in) {
      return in[0];
    }

    @Override
    public void forward(OpContext c, Tensor[] in, Tensor out) {
      out.copyFrom(in[0]);
    }

    @Override
    public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
      throw new OutOfMemoryError("as if");
    }

    @Override
    public OpSpec spec() {
      return OpSpec.of("failing").operand("x", "...");
    }
  }

  /** Takes memory, and fails. */
  private record Hungry() implements CustomOp {
    @Override
    public Shape infer(Shape... in) {
      return in[0];
    }

    @Override
    public void forward(OpContext c, Tensor[] in, Tensor out) {
      c.take(DType.F32, Shape.of(10_000));
      throw new ArithmeticException("as if");
    }

    @Override
    public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {}

    @Override
    public OpSpec spec() {
      return OpSpec.of("hungry").operand("x", "...");
    }
  }

  @Test
  void aFailingOpGivesItsMemoryBack() {
    try (Tape tape = Tape.open(context)) {
      for (int i = 0; i < 100; i++) {
        assertThrows(ArithmeticException.class, () -> w.apply(new Hungry()));
      }
      tape.backward(w.sum());
    }
    assertTrue(context.workspace().bytes() < 100_000, context.workspace().bytes() + " bytes");
  }

  @Test
  void aFailureLeavesNoPartOfAGradient() {
    Var x = Var.input(Tensor.of(Shape.of(3), 1f, 2f, 3f));
    try (Tape tape = Tape.open(context)) {
      tape.backward(w.sum());
    }
    try (Tape tape = Tape.open(context)) {
      Var loss = x.plus(w.apply(new Failing())).plus(w).sum();
      assertThrows(OutOfMemoryError.class, () -> tape.backward(loss));
      assertNull(w.gradient());
      assertNull(x.gradient());
      tape.backward(w.sum());
      assertEquals(1, w.gradient().get(0));
    }
  }
}
