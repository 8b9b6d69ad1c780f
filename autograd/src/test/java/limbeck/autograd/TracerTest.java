package limbeck.autograd;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Softmax;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A traced program is the model, bit for bit, without what training alone needs. */
class TracerTest {
  private static final int INPUTS = 37;
  private static final int CLASSES = 11;

  /** Activations, dropout, a value used twice, a buffer, and a soft end. */
  private static final class Net extends Module {
    private final Sequential front =
        child(
            "front",
            new Sequential(
                new Dropout(0.2),
                new Linear(INPUTS, 23),
                Activation.relu(),
                new Dropout(0.5),
                new Linear(23, 19),
                Activation.gelu(),
                new Linear(19, CLASSES)));
    private final Linear back = child("back", new Linear(CLASSES, CLASSES));
    private final Activation tanh = child("tanh", Activation.tanh());
    private final Activation sigmoid = child("sigmoid", Activation.sigmoid());
    private final Parameter unused = parameter("unused", Shape.of(2), Init.constant(1));
    private final Buffer shift = buffer("shift", Shape.of(CLASSES), 0);

    @Override
    public Var forward(Var x) {
      Var h = front.forward(x);
      Var k = tanh.forward(back.forward(h)).plus(sigmoid.forward(h));
      return k.apply(new limbeck.engine.op.Linear(), back.weight(), shift.constant())
          .times(0.5)
          .apply(new Softmax(2));
    }
  }

  private final OpContext context = new OpContext(Workers.inline());
  private final Net net = new Net();

  TracerTest() {
    net.init(5);
    net.shift.value().fill(0.25);
    net.back.freeze(true); // makes no difference to a program
  }

  private Program trace() {
    return Tracer.trace(net, DType.F32, Shape.of(INPUTS));
  }

  private void assertIsTheModel(Program program, int batch) {
    Tensor x = normal(batch, batch, INPUTS);
    Tensor y = Tensor.zeros(DType.F32, Shape.of(batch, CLASSES));
    program.runner(Workers.inline()).run(x, y);
    net.evaluate();
    assertSameBits(net.infer(x, context), y, "batch of " + batch);
    context.workspace().reset();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64})
  void theProgramIsTheModel(int batch, @TempDir Path folder) throws IOException {
    Program program = trace();
    assertIsTheModel(program, batch);
    Path file = folder.resolve("net.safetensors");
    program.save(file, Map.of("made", "by a test"));
    assertIsTheModel(Program.load(file), batch);
  }

  @Test
  void dropoutIsGone() {
    net.train(1, 1);
    Program program = trace();
    List<String> ops = program.steps().stream().map(s -> s.op().spec().name()).toList();
    assertFalse(ops.contains("dropout"), ops.toString());
    assertEquals(
        List.of(
            "linear", "relu", "linear", "gelu", "linear", "linear", "tanh", "sigmoid", "add",
            "linear", "scale", "softmax"),
        ops);
    assertFalse(net.mode().training()); // as documented
  }

  @Test
  void constantsAreCopiesUnderTheirPaths() {
    Program program = trace();
    assertEquals(
        List.copyOf(net.state().keySet()),
        program.constants().stream().map(Program.Constant::name).toList());
    Tensor x = normal(1, 1, INPUTS);
    Tensor before = Tensor.zeros(DType.F32, Shape.of(1, CLASSES));
    program.runner(Workers.inline()).run(x, before);
    net.init(6);
    net.shift.value().fill(1);
    Tensor after = Tensor.zeros(DType.F32, Shape.of(1, CLASSES));
    program.runner(Workers.inline()).run(x, after);
    assertSameBits(before, after, "output");
    assertNotEquals(before.get(0), net.infer(x, context).get(0));
  }

  @Test
  void modelsInFloat64() {
    Net precise = new Net();
    precise.allocate(DType.F64).init(5);
    Sequential front = precise.front;
    Program program = Tracer.trace(front, DType.F64, Shape.of(INPUTS));
    Tensor x = normal(DType.F64, 1, 3, INPUTS);
    Tensor y = Tensor.zeros(DType.F64, Shape.of(3, CLASSES));
    program.runner(Workers.inline()).run(x, y);
    assertSameBits(front.infer(x, context), y, "a part, in float64");
  }

  @Test
  void tracingInsideATapeLeavesItAlone() {
    Var x = Var.input(normal(1, 2));
    try (Tape tape = Tape.open(context)) {
      Var y = x.times(x);
      trace();
      assertEquals(1, tape.steps().size());
      tape.backward(y.sum());
      assertEquals(2 * x.value().get(0), x.gradient().get(0));
    }
    assertNull(Var.of(x.value()).times(2).tape());
  }

  private static void assertRefuses(String message, Module model) {
    String said =
        assertThrows(IllegalStateException.class, () -> Tracer.trace(model, DType.F32, Shape.of(2)))
            .getMessage();
    assertTrue(said.contains(message), said);
    try (Tape tape = Tape.open(new OpContext(Workers.inline()))) {
      assertEquals(0, tape.steps().size()); // and the thread is as before
    }
  }

  /** Adds a tensor that is registered nowhere. */
  private static final class Foreign extends Module {
    private final Tensor noise = Tensor.zeros(DType.F32, Shape.of(1, 2));

    @Override
    public Var forward(Var x) {
      return x.plus(Var.of(noise));
    }
  }

  @Test
  void valuesFromNowhere() {
    Foreign foreign = new Foreign();
    foreign.init(1);
    assertRefuses("trace: add reads b [1, 2], which is neither an input, nor a parameter", foreign);
    Linear elsewhere = new Linear(2, 2);
    elsewhere.init(1);
    Module borrower =
        new Module() {
          @Override
          public Var forward(Var x) {
            return elsewhere.forward(x);
          }
        };
    borrower.init(1);
    assertRefuses("linear reads w [out=2, in=2], which is neither", borrower);
  }

  @Test
  void outputsOfNoOp() {
    assertRefuses("the model's output is not the result of an op", new Sequential());
    assertRefuses("has no values yet", new Sequential(new Linear(2, 2)));
  }
}
