package limbeck.autograd;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Names, paths, state and modes of modules. */
class ModuleTest {
  /** A module with one of everything. */
  private static final class Block extends Module {
    private final Parameter gain = parameter("gain", Shape.of(3), Init.constant(1));
    private final Buffer mean = buffer("mean", Shape.of(3), 0);
    private final Linear map = child("map", new Linear(3, 3));

    @Override
    public Var forward(Var x) {
      return map.forward(x).apply(new limbeck.engine.op.Linear(), map.weight(), gain);
    }
  }

  private final Block block = new Block();
  private final Sequential model = new Sequential(new Linear(2, 3), block);

  @Test
  void pathsAreNamesJoinedByDots() {
    model.init(1);
    assertEquals(
        List.of("0.weight", "0.bias", "1.gain", "1.map.weight", "1.map.bias"),
        List.copyOf(model.parameters().parameters().keySet()));
    assertEquals(
        List.of("0.weight", "0.bias", "1.gain", "1.map.weight", "1.map.bias", "1.mean"),
        List.copyOf(model.state().keySet()));
    assertEquals("", model.path());
    assertEquals("1", block.path());
    assertEquals("1.map", block.map.path());
    assertEquals(List.of("0", "1"), List.copyOf(model.children().keySet()));
  }

  @Test
  void aPartsStateMovesNoPath() {
    model.init(1);
    assertEquals(
        List.of("gain", "map.weight", "map.bias", "mean"), List.copyOf(block.state().keySet()));
    assertEquals("1.map", block.map.path()); // else dropout would draw otherwise from now on
  }

  @Test
  void namesThatArePartsOfPathsAreRefused() {
    for (String name : new String[] {"", ".", "a.b", "gain", "mean", "map"}) {
      for (Runnable use :
          new Runnable[] {
            () -> block.parameter(name, Shape.of(1), Init.constant(0)),
            () -> block.buffer(name, Shape.of(1), 0),
            () -> block.child(name, Activation.relu())
          }) {
        String said = assertThrows(IllegalArgumentException.class, use::run).getMessage();
        assertTrue(said.startsWith("module: name \"" + name + "\" is "), said);
      }
    }
    model.init(1);
    assertEquals(4, block.state().size());
  }

  @Test
  void stateIsAViewAndGoesRound() {
    model.init(1);
    block.mean.value().fill(5);
    Map<String, Tensor> state = model.state();
    state.get("1.gain").set(0, 7);
    assertEquals(7, block.gain.value().get(0));
    Sequential other = new Sequential(new Linear(2, 3), new Block());
    other.load(state);
    assertSameBits(state, other.state());
    assertFalse(other.state().get("1.gain").floats() == state.get("1.gain").floats());
    Tensor x = normal(3, 4, 2);
    OpContext context = new OpContext(Workers.inline());
    assertSameBits(model.infer(x, context), other.infer(x, context), "output");
  }

  @Test
  void loadRounds() {
    model.init(1);
    Sequential precise = new Sequential(new Linear(2, 3), new Block());
    precise.allocate(DType.F64);
    precise.load(model.state());
    model
        .state()
        .forEach((name, t) -> assertSameBits(t, precise.state().get(name).to(DType.F32), name));
    precise.state().get("1.gain").set(0, 1 + 0x1p-40);
    model.load(precise.state());
    assertEquals(1, block.gain.value().get(0));
  }

  /** A constant is in programs and their files, but in no state. */
  private static final class Shifted extends Module {
    private final Buffer shift;

    Shifted(double by) {
      shift = constant("shift", Shape.of(2), t -> t.fill(by));
      parameter("gain", Shape.of(2), Init.constant(1));
    }

    @Override
    public Var forward(Var x) {
      return x.plus(shift.constant());
    }
  }

  @Test
  void constantsMayBeGivenButMustAgree() {
    Module model = new Shifted(0.1).init(1);
    Map<String, Tensor> given = new LinkedHashMap<>(model.state());
    given.put("shift", Tensor.of(Shape.of(2), 0.1f, 0.1f));
    model.load(given);
    Module precise = new Shifted(0.1);
    precise.allocate(DType.F64);
    precise.load(given); // as rounded
    ShapeException e =
        assertThrows(ShapeException.class, () -> new Shifted(0.2).init(1).load(given));
    assertEquals(
        "load: tensor \"shift\" differs from the model's, where it is a constant", e.getMessage());
  }

  /** Parameters and buffers take the type; three layers of small sums round a few times each. */
  @Test
  void theSameModelInFloat64() {
    OpContext context = new OpContext(Workers.inline());
    model.allocate(DType.F64).init(1);
    block.mean.value().fill(3);
    Tensor exact = model.infer(normal(DType.F64, 1, 4, 2), context).own();
    model.state().values().forEach(t -> assertEquals(DType.F64, t.dtype()));
    model.init(1);
    model.state().values().forEach(t -> assertEquals(DType.F32, t.dtype()));
    assertEquals(0, block.mean.value().get(0)); // a new layout starts anew
    Tensor rounded = model.infer(normal(1, 4, 2), context);
    for (int i = 0; i < exact.size(); i++) {
      assertEquals(exact.get(i), rounded.get(i), 1e-5 * Math.max(1, Math.abs(exact.get(i))));
    }
  }

  @Test
  void aPartLoadsItsShare() {
    model.init(1);
    ParameterStore store = model.parameters();
    Block trained = new Block();
    trained.init(8);
    block.load(trained.state());
    assertSameBits(trained.state(), block.state());
    assertSame(store, model.parameters()); // in place: the whole model's optimizer goes on
    assertSame(store, block.gain.store());
  }

  private void assertRefusesAndKeeps(String message, Map<String, Tensor> tensors) {
    Map<String, Tensor> before = Numbers.copy(model.state());
    String said = assertThrows(ShapeException.class, () -> model.load(tensors)).getMessage();
    assertEquals(message, said);
    assertSameBits(before, model.state());
  }

  @Test
  void whatDoesNotFitIsRefusedAndChangesNothing() {
    model.init(1);
    Sequential other = new Sequential(new Linear(2, 3), new Block());
    other.init(2);
    Map<String, Tensor> given = Numbers.copy(other.state());

    Tensor bias = given.remove("1.map.bias");
    assertRefusesAndKeeps("load: tensor \"1.map.bias\" [3] is missing", given);
    given.put("1.map.bias", Tensor.zeros(DType.F32, Shape.of(1, 3)));
    assertRefusesAndKeeps(
        "load: tensor \"1.map.bias\" has shape [1, 3], the model needs [3]", given);
    given.put("1.map.bias", Tensor.zeros(DType.I32, Shape.of(3)));
    assertRefusesAndKeeps("load: tensor \"1.map.bias\" is I32, a floating type needed", given);
    given.put("1.map.bias", bias);
    given.put("1.map.scale", bias);
    assertRefusesAndKeeps("load: the model has no tensor \"1.map.scale\"", given);
    given.remove("1.map.scale");
    model.load(given);
    assertSameBits(other.state().get("1.map.bias"), block.map.bias().value(), "1.map.bias");
  }

  @Test
  void aRefusedLoadLeavesANewModelNew() {
    assertThrows(ShapeException.class, () -> model.load(Map.of()));
    assertThrows(IllegalStateException.class, model::state);
    assertThrows(IllegalStateException.class, model::parameters);
  }

  @Test
  void aModuleInTwoPlacesIsOne() {
    Linear tied = new Linear(3, 3);
    Sequential twice = new Sequential(tied, Activation.tanh(), tied);
    twice.init(1);
    assertEquals(List.of("0.weight", "0.bias"), List.copyOf(twice.state().keySet()));
    assertEquals(12, twice.parameters().count());
    OpContext context = new OpContext(Workers.inline());
    Tensor x = normal(1, 1, 3);
    try (Tape tape = Tape.open(context)) {
      tape.backward(twice.forward(Var.of(x)).sum());
    }
    Tensor both = tied.bias().gradient().own();
    twice.parameters().clearGradients();
    try (Tape tape = Tape.open(context)) {
      Var h = Var.of(tied.forward(Var.of(x)).apply(new limbeck.engine.op.Tanh()).value());
      tape.backward(tied.forward(h).sum()); // the second use alone
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(1, tied.bias().gradient().get(i));
      assertTrue(both.get(i) != 1, "the first use adds to it");
    }
  }

  @Test
  void modesReachAllParts() {
    assertFalse(block.map.mode().training());
    model.train(3, 14);
    assertEquals(new Module.Mode(true, 3, 14), block.map.mode());
    model.evaluate();
    assertEquals(Module.Mode.EVALUATION, block.map.mode());
    assertFalse(model.mode().training());
  }

  @Test
  void freezingAPartFreezesItsParameters() {
    model.init(1);
    block.freeze(true);
    try (Tape tape = Tape.open(new OpContext(Workers.inline()))) {
      tape.backward(model.forward(Var.of(normal(1, 5, 2))).sum());
    }
    Map<String, Parameter> all = new LinkedHashMap<>(model.parameters().parameters());
    all.forEach(
        (path, p) -> {
          assertEquals(path.startsWith("1."), p.frozen());
          if (p.frozen()) {
            assertNull(p.gradient(), path);
          } else {
            assertNotNull(p.gradient(), path);
          }
        });
  }

  @Test
  void aModelWithoutParameters() {
    Sequential none = new Sequential();
    none.init(1);
    Var x = Var.of(normal(1, 2));
    assertSame(x, none.forward(x));
    assertEquals(0, none.parameters().count());
    assertEquals(Map.of(), none.state());
    none.load(Map.of());
  }
}
