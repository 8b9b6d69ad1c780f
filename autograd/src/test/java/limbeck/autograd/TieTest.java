package limbeck.autograd;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.autograd.optim.Sgd;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Tanh;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single parameters with two names: one range of the store, one gradient, one tensor in files. */
class TieTest {
  private static final int N = 5;

  /** Two layers of one weight, and a bias each. */
  private static final class Net extends Module {
    private final Linear first = child("first", new Linear(N, N));
    private final Linear second = child("second", new Linear(N, N));

    Net(boolean tied) {
      if (tied) {
        tie(second.weight(), first.weight());
      }
    }

    @Override
    public Var forward(Var x) {
      return second.forward(first.forward(x).apply(new Tanh()));
    }
  }

  private final Net net = new Net(true);
  private final OpContext context = new OpContext(Workers.inline());

  /** Untied, with equal weights. */
  private Net twin(DType type) {
    Net twin = new Net(false);
    twin.allocate(type).init(1);
    twin.first.load(net.first.state());
    twin.second.load(net.second.state());
    return twin;
  }

  private void backward(Net model, Tensor x) {
    model.parameters().clearGradients();
    try (Tape tape = Tape.open(context)) {
      Var y = model.forward(Var.of(x));
      tape.backward(y.times(y).sum());
    }
  }

  @Test
  void gradientsOfBothUsesAddUp() {
    net.allocate(DType.F64).init(7);
    Net twin = twin(DType.F64);
    Tensor x = normal(DType.F64, 1, 3, N);
    backward(net, x);
    backward(twin, x);
    assertSame(net.first.weight().gradient(), net.second.weight().gradient());
    for (int i = 0; i < N * N; i++) {
      double sum = twin.second.weight().gradient().get(i) + twin.first.weight().gradient().get(i);
      assertEquals(sum, net.first.weight().gradient().get(i));
    }
    assertSameBits(twin.first.bias().gradient(), net.first.bias().gradient(), "first.bias");
    ModelCheck.require(net, () -> net.forward(Var.of(x)).times(net.forward(Var.of(x))).sum(), 1e-6);
  }

  @Test
  void bothNamesInOneOp() {
    net.init(7);
    try (Tape tape = Tape.open(context)) {
      tape.backward(net.first.weight().times(net.second.weight()).sum());
    }
    for (int i = 0; i < N * N; i++) {
      float w = (float) net.first.weight().value().get(i);
      assertEquals(w + w, net.second.weight().gradient().get(i));
    }
  }

  @Test
  void oneRangeOfTheStore() {
    net.init(7);
    ParameterStore store = net.parameters();
    assertEquals(
        List.of("first.weight", "first.bias", "second.bias"),
        List.copyOf(store.parameters().keySet()));
    assertEquals(N * N + 2 * N, store.count());
    assertSame(net.first.weight().value(), net.second.weight().value());
    assertEquals(net.first.weight().offset(), net.second.weight().offset());
    assertSame(store, net.second.weight().store());
    assertEquals("weight F32[5, 5]", net.second.weight().toString().substring(0, 16));
    backward(net, normal(1, 3, N));
    Tensor before = net.second.weight().value().own();
    Tensor gradient = net.second.weight().gradient().own();
    new Sgd(store, 0.5).step(Workers.inline());
    assertNull(net.second.weight().gradient());
    for (int i = 0; i < N * N; i++) { // one step, not two
      float expected = (float) (before.get(i) - 0.5 * gradient.get(i));
      assertEquals(expected, net.second.weight().value().get(i));
    }
  }

  @Test
  void frozenByEitherName() {
    net.init(7);
    net.second.weight().freeze(true);
    assertTrue(net.first.weight().frozen());
    backward(net, normal(1, 3, N));
    assertNull(net.first.weight().gradient());
    assertNotNull(net.first.bias().gradient());
    net.first.freeze(false);
    assertTrue(net.second.weight().needsGradient());
  }

  @Test
  void theInitialiserIsThatOfTheOther() {
    Linear ones = new Linear(N, N, Init.constant(1), Init.constant(0));
    Linear twos = new Linear(N, N, Init.constant(2), Init.constant(0));
    Module both = new Tied(ones, twos);
    both.init(1);
    assertEquals(2, ones.weight().value().get(0));
    assertEquals(List.of("a.weight", "a.bias", "b.bias"), List.copyOf(both.state().keySet()));
  }

  /** Ties the first of its parts to the second. */
  private static final class Tied extends Module {
    Tied(Linear a, Linear b) {
      child("a", a);
      child("b", b);
      tie(a.weight(), b.weight());
    }

    @Override
    public Var forward(Var x) {
      return x;
    }
  }

  @Test
  void savedOnceAndTraced(@TempDir Path folder) throws IOException {
    net.init(7);
    assertEquals(
        List.of("first.weight", "first.bias", "second.bias"), List.copyOf(net.state().keySet()));
    Program program = Tracer.trace(net, DType.F32, Shape.of(N));
    assertEquals(3, program.constants().size());
    Path file = folder.resolve("tied.safetensors");
    program.save(file, Map.of());
    for (Program p : new Program[] {program, Program.load(file)}) {
      for (int batch : new int[] {1, 3, 17}) {
        Tensor x = normal(2, batch, N);
        Tensor y = Tensor.zeros(DType.F32, x.shape());
        p.runner(Workers.inline()).run(x, y);
        assertSameBits(net.infer(x, context), y, "batch of " + batch);
      }
    }
  }

  @Test
  void aPartHasItUnderItsOwnName() {
    net.init(7);
    assertEquals(List.of("weight", "bias"), List.copyOf(net.second.state().keySet()));
    Linear other = new Linear(N, N);
    other.init(9);
    net.second.load(other.state());
    assertSameBits(other.weight().value(), net.first.weight().value(), "weight");
  }

  @Test
  void loadedUnderAnyOfItsNames() {
    Net source = new Net(true);
    source.init(8);
    Tensor weight = source.first.weight().value();
    Map<String, Tensor> given = new LinkedHashMap<>(source.state());
    given.put("second.weight", weight.own());
    net.load(given); // both, as other programs save them
    assertSameBits(source.state(), net.state());
    net.init(7);
    given.remove("first.weight");
    net.load(given);
    assertSameBits(source.state(), net.state());
    given.put("first.weight", weight.own());
    given.get("first.weight").set(3, 100);
    assertSays(
        "load: tensors \"second.weight\" and \"first.weight\" differ, but are tied in the model",
        () -> net.load(given));
    assertSameBits(source.state(), net.state());
    given.remove("first.weight");
    given.put("second.weight", Tensor.zeros(DType.F32, Shape.of(2)));
    assertSays("load: tensor \"second.weight\" has shape [2]", () -> net.load(given));
    given.remove("second.weight");
    assertSays("load: tensor \"first.weight\" [5, 5] is missing", () -> net.load(given));
  }

  @Test
  void aModuleInTwoPlacesIsLoadedUnderBothNames() {
    Linear shared = new Linear(N, N);
    Module twice = new Sequential(shared, shared);
    twice.init(1);
    Map<String, Tensor> given = Numbers.copy(twice.state());
    given.put("1.weight", given.get("0.weight").own());
    given.put("1.bias", given.get("0.bias").own());
    twice.load(given);
    given.get("1.bias").set(0, 7);
    assertSays("\"0.bias\" and \"1.bias\" differ", () -> twice.load(given));
  }

  private static void assertSays(String message, Runnable wrong) {
    RuntimeException e = assertThrows(RuntimeException.class, wrong::run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void chainsAndCycles() {
    Weights w = new Weights(Init.constant(1), Shape.of(2), Shape.of(2), Shape.of(2), Shape.of(3));
    w.tie(w.get(0), w.get(1));
    w.tie(w.get(1), w.get(2));
    w.tie(w.get(2), w.get(0)); // is so already
    w.init(1);
    assertEquals(List.of("w0", "w3"), List.copyOf(w.state().keySet()));
    assertSame(w.get(0).value(), w.get(2).value());
  }

  @Test
  void mistakes() {
    Weights w = new Weights(Init.constant(1), Shape.of(2), Shape.of(3), Shape.of(2));
    assertThrows(ShapeException.class, () -> w.tie(w.get(0), w.get(1)));
    assertSays("tie: w0 [2] and w1 [3] differ", () -> w.tie(w.get(0), w.get(1)));
    w.init(1);
    assertSays("tie: w2 [2] has values already", () -> w.tie(w.get(2), w.get(0)));
  }
}
