package limbeck.autograd;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.giveGradient;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.autograd.optim.Adam;
import limbeck.autograd.optim.GradClip;
import limbeck.autograd.optim.LazyAdam;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.Sgd;
import limbeck.engine.exec.Workers;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where parameters lie, which ranges are stepped, and that gaps stay zero. */
class ParameterStoreTest {
  private static final Shape[] SHAPES = {
    Shape.of(3, 5), Shape.of(16), Shape.of(17), Shape.SCALAR, Shape.of(0), Shape.of(4, 4, 2)
  };
  private static final int[] OFFSETS = {0, 16, 32, 64, 80, 80};
  private static final int SIZE = 112;

  private final Weights model = new Weights(Init.normal(1), SHAPES);

  /** Values take 4 MB, and a forward pass and a file of weights need no more. */
  @Test
  void aModelThatIsNotTrainedHasNoMemoryForGradients() {
    var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Weights large = new Weights(Init.normal(1), Shape.of(1_000_000));
    long before = bean.getCurrentThreadAllocatedBytes();
    large.init(1);
    assertNull(large.get(0).gradient());
    long values = bean.getCurrentThreadAllocatedBytes() - before;
    assertTrue(values >= 4_000_000 && values < 6_000_000, values + " bytes");
  }

  @Test
  void gradientsAreGivenBackAndTakenAnew() {
    model.init(1);
    ParameterStore store = model.get(0).store();
    Tensor before = store.gradients();
    assertSame(before, store.gradients());
    giveGradient(model.get(0), normal(1, 3, 5));
    store.releaseGradients();
    assertNull(model.get(0).gradient());
    assertNotSame(before, store.gradients());
    Tensor gradient = normal(2, 3, 5);
    giveGradient(model.get(0), gradient);
    assertSameBits(gradient, store.gradients().slice(0, 15).reshape(SHAPES[0]), "w0");
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void parametersStartAtMultiplesOfALine(DType type) {
    ParameterStore store = model.allocate(type);
    assertEquals(Shape.of(SIZE), store.values().shape());
    assertEquals(Shape.of(SIZE), store.gradients().shape());
    assertEquals(15 + 16 + 17 + 1 + 32, store.count());
    assertEquals(
        List.of("w0", "w1", "w2", "w3", "w4", "w5"), List.copyOf(store.parameters().keySet()));
    for (int i = 0; i < SHAPES.length; i++) {
      Parameter p = model.get(i);
      assertEquals(OFFSETS[i], p.offset());
      assertEquals(SHAPES[i], p.value().shape());
      assertEquals(type, p.value().dtype());
      p.value().fill(i + 1);
    }
    for (int i = 0; i < SHAPES.length; i++) {
      for (int k = 0; k < SHAPES[i].size(); k++) {
        assertEquals(i + 1, store.values().get(OFFSETS[i] + k)); // a view, written by no other
      }
    }
  }

  private static Stream<Function<ParameterStore, Optimizer>> optimizers() {
    return Stream.of(
        s -> new Sgd(s, 0.1),
        s -> new Sgd(s, 0.1, 0.9, false, 0.01),
        s -> new Sgd(s, 0.1, 0.9, true, 0.01),
        s -> new Adam(s, 0.1),
        s -> new Adam(s, 0.1, 0.9, 0.999, 1e-8, 0.01, false),
        s -> Adam.w(s, 0.1, 0.01),
        s -> new LazyAdam(s, 0.1));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void gapsStayZero(Function<ParameterStore, Optimizer> factory) {
    for (DType type : new DType[] {DType.F32, DType.F64}) {
      ParameterStore store = model.allocate(type);
      store.init(1);
      Optimizer optimizer = factory.apply(store);
      for (int step = 0; step < 5; step++) {
        for (int i = 0; i < SHAPES.length; i++) {
          giveGradient(model.get(i), normal(type, 10L * step + i, SHAPES[i].toArray()));
        }
        GradClip.norm(store, 0.5);
        assertGapsAreZero(store.gradients());
        optimizer.step(Workers.inline());
      }
      assertGapsAreZero(store.values());
      optimizer.state().values().forEach(ParameterStoreTest::assertGapsAreZero);
    }
  }

  private static void assertGapsAreZero(Tensor flat) {
    boolean[] taken = new boolean[SIZE];
    for (int i = 0; i < SHAPES.length; i++) {
      for (int k = 0; k < SHAPES[i].size(); k++) {
        taken[OFFSETS[i] + k] = true;
        assertNotEquals(0, flat.get(OFFSETS[i] + k), "learned nothing at " + (OFFSETS[i] + k));
      }
    }
    for (int k = 0; k < SIZE; k++) {
      if (!taken[k]) {
        assertEquals(0, Double.doubleToRawLongBits(flat.get(k)), "gap at " + k);
      }
    }
  }

  private void assertActive(int... ranges) {
    assertArrayEquals(ranges, model.parameters().activeRanges());
  }

  @Test
  void activeRangesAreMaximal() {
    ParameterStore store = model.allocate(DType.F32);
    assertActive();
    for (int i = 0; i < SHAPES.length; i++) {
      giveGradient(model.get(i), Tensor.zeros(DType.F32, SHAPES[i]));
    }
    assertActive(0, SIZE);
    model.get(1).freeze(true);
    assertActive(0, 16, 32, SIZE);
    model.get(3).setGradient(null);
    assertActive(0, 16, 32, 64, 80, SIZE);
    model.freeze(true);
    assertActive();
    model.freeze(false);
    assertActive(0, 64, 80, SIZE);
    store.clearGradients();
    assertActive();
    assertNull(model.get(0).gradient());
  }

  @Test
  void aStepLeavesOthersAlone() {
    model.init(1);
    Tensor before = model.parameters().values().own();
    Adam adam = Adam.w(model.parameters(), 0.1, 0.5);
    giveGradient(model.get(0), normal(1, 3, 5));
    giveGradient(model.get(2), normal(2, 17));
    model.get(2).freeze(true);
    adam.step(Workers.inline());
    Tensor after = model.parameters().values();
    for (int i = 0; i < 15; i++) {
      assertNotEquals(before.get(i), after.get(i));
    }
    assertSameBits(before.slice(16, SIZE), after.slice(16, SIZE), "without a gradient, or frozen");
    adam.state().forEach((name, t) -> assertEquals(0, t.get(32), name));
  }

  @Test
  void versionsCountChanges() {
    ParameterStore store = model.allocate(DType.F32);
    long version = store.version();
    store.changed();
    assertEquals(version + 1, store.version());
    store.init(1);
    assertTrue(store.version() > version + 1);
    version = store.version();
    new Sgd(store, 0.1).step(Workers.inline());
    assertTrue(store.version() > version);
    version = store.version();
    model.load(Numbers.copy(model.state()));
    assertTrue(store.version() > version);
  }

  @Test
  void newValuesEmptyTheGradients() {
    ParameterStore store = model.allocate(DType.F32);
    giveGradient(model.get(0), normal(1, 3, 5));
    store.init(1);
    assertNull(model.get(0).gradient());
    giveGradient(model.get(0), normal(1, 3, 5));
    assertNotNull(model.get(0).gradient());
    model.load(Numbers.copy(model.state()));
    assertNull(model.get(0).gradient());
  }

  @Test
  void parametersThatMovedAreNotSteppedInTheirOldStore() {
    model.init(1);
    Sgd old = new Sgd(model.parameters(), 0.1);
    Sequential whole = new Sequential(model, new Linear(2, 2));
    whole.init(2);
    Sgd sgd = new Sgd(whole.parameters(), 0.1);
    giveGradient(model.get(0), normal(1, 3, 5));
    Tensor before = model.get(0).value().own();
    for (Runnable use : new Runnable[] {() -> old.step(Workers.inline()), model::parameters}) {
      String said = assertThrows(IllegalStateException.class, use::run).getMessage();
      assertTrue(said.startsWith("parameters: w0 has moved to another store"), said);
    }
    assertSameBits(before, model.get(0).value(), "w0");
    assertEquals(0, old.steps());
    sgd.step(Workers.inline());
    assertNotEquals(before.get(0), model.get(0).value().get(0));
  }

  @Test
  void errors() {
    assertThrows(ShapeException.class, () -> model.allocate(DType.I32));
    Weights huge = new Weights(Init.constant(0), Shape.of(1 << 30), Shape.of(1 << 30));
    String said = assertThrows(ShapeException.class, () -> huge.allocate(DType.F32)).getMessage();
    assertEquals("parameters: 2147483648 numbers, at most 2147483647 fit one model", said);
  }
}
