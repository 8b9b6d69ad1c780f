package limbeck.autograd.optim;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.giveGradient;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.ParameterStore;
import limbeck.autograd.Weights;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.exec.Workers;
import limbeck.engine.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups of parameters with a rate and decay of their own. */
class ParameterGroupTest {
  private static final Shape[] SHAPES = {
    Shape.of(3, 7), Shape.of(33), Shape.of(5, 5), Shape.of(17), Shape.of(2, 2)
  };
  private static final double DECAY = 0.1;
  private static final int STEPS = 5;

  private static final ParameterGroup SLOW =
      ParameterGroup.paths(path -> path.equals("w2") || path.equals("w3")).rate(0.25);
  private static final ParameterGroup VECTORS = ParameterGroup.vectors().withoutDecay();

  /** The rate factor and the decay of each parameter when both groups are there. */
  private static final double[] FACTORS = {1, 1, 0.25, 0.25, 1};

  private static final double[] DECAYS = {DECAY, 0, DECAY, 0, DECAY};

  private static Weights weights() {
    Weights model = new Weights(Init.normal(1), SHAPES);
    model.init(4);
    return model;
  }

  private static List<BiFunction<ParameterStore, Double, Optimizer>> optimizers() {
    return List.of(
        (s, decay) -> new Sgd(s, 0, 0, false, decay),
        (s, decay) -> new Sgd(s, 0, 0.9, true, decay),
        (s, decay) -> new Adam(s, 0, 0.9, 0.999, 1e-8, decay, false),
        (s, decay) -> Adam.w(s, 0, decay));
  }

  private static void train(Optimizer optimizer, Weights model, double factor) {
    for (int step = 0; step < STEPS; step++) {
      for (int i = 0; i < SHAPES.length; i++) {
        giveGradient(model.get(i), normal(10 * step + i, SHAPES[i].toArray()));
      }
      optimizer.rate(0.5 / (1 + step) * factor);
      optimizer.step(Workers.inline());
    }
  }

  /** What a parameter in groups goes through, a whole model with its settings goes through, too. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void aGroupIsAnOptimizerOfItsOwn(BiFunction<ParameterStore, Double, Optimizer> optimizer) {
    for (ParameterGroup[] groups : new ParameterGroup[][] {{SLOW, VECTORS}, {VECTORS, SLOW}}) {
      Weights grouped = weights();
      Optimizer together = optimizer.apply(grouped.parameters(), DECAY);
      together.groups(groups);
      train(together, grouped, 1);
      for (int i = 0; i < SHAPES.length; i++) {
        Weights alone = weights();
        train(optimizer.apply(alone.parameters(), DECAYS[i]), alone, FACTORS[i]);
        assertSameBits(alone.get(i).value(), grouped.get(i).value(), "w" + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void withoutGroupsAllAreAlike(BiFunction<ParameterStore, Double, Optimizer> optimizer) {
    Weights never = weights();
    train(optimizer.apply(never.parameters(), DECAY), never, 1);
    Weights noMore = weights();
    Optimizer changed = optimizer.apply(noMore.parameters(), DECAY);
    changed.groups(VECTORS.rate(3), SLOW);
    changed.groups();
    train(changed, noMore, 1);
    assertSameBits(never.parameters().values(), noMore.parameters().values(), "weights");
  }

  @Test
  void vectorsHaveFewerThanTwoAxes() {
    ParameterGroup vectors = ParameterGroup.vectors();
    assertTrue(vectors.members().test("scale", Shape.SCALAR));
    assertTrue(vectors.members().test("bias", Shape.of(3)));
    assertFalse(vectors.members().test("weight", Shape.of(3, 1)));
    assertEquals(1, vectors.rateFactor());
    assertTrue(vectors.decays());
  }

  @Test
  void aRateOfZeroKeepsValues() {
    Weights model = weights();
    Weights before = weights();
    Sgd sgd = new Sgd(model.parameters(), 0, 0, false, DECAY);
    sgd.groups(ParameterGroup.paths("w1"::equals).rate(0));
    train(sgd, model, 1);
    assertSameBits(before.get(1).value(), model.get(1).value(), "w1");
    assertTrue(before.get(0).value().get(0) != model.get(0).value().get(0));
  }

  @Test
  void partsAreFrozenByPath() {
    Module model = new Sequential(new Linear(2, 3), new Linear(3, 2)).init(1);
    model.freeze(path -> path.endsWith("bias"), true);
    for (var e : model.parameters().parameters().entrySet()) {
      assertEquals(e.getKey().endsWith("bias"), e.getValue().frozen(), e.getKey());
    }
    model.freeze(path -> path.startsWith("0."), false);
    List<String> frozen =
        model.parameters().parameters().entrySet().stream()
            .filter(e -> e.getValue().frozen())
            .map(e -> e.getKey())
            .toList();
    assertEquals(List.of("1.bias"), frozen);
  }

  /** Three factors whose product is rounded differently, or overflows, in another order. */
  @Test
  void theOrderOfGroupsDoesNotMatter() {
    for (double[] f : new double[][] {{0.1, 0.7, 0.3}, {1e200, 1e-300, 1e200}}) {
      Set<List<Double>> factors = new HashSet<>();
      for (int[] order : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 2, 0}}) {
        List<ParameterGroup> groups =
            Arrays.stream(order).mapToObj(i -> VECTORS.rate(f[i])).toList();
        factors.add(
            Treatment.of(groups, weights().parameters().parameters()).stream()
                .map(Treatment::rateFactor)
                .toList());
      }
      assertEquals(1, factors.size(), () -> "factors " + factors);
    }
  }

  @Test
  void mistakes() {
    Optimizer sgd = new Sgd(weights().parameters(), 0.1);
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> sgd.groups(ParameterGroup.paths(path -> path.endsWith("wieght"))))
            .getMessage();
    assertEquals("optimizer: a group has none of the parameters [w0, w1, w2, w3, w4]", said);
    for (double factor : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> VECTORS.rate(factor));
    }
    ParameterGroup steep = ParameterGroup.paths("w1"::equals).rate(1e200);
    assertEquals(
        "optimizer: the rate factors of the groups that w1 is in are Infinity when multiplied",
        assertThrows(IllegalArgumentException.class, () -> sgd.groups(steep, steep)).getMessage());
  }

  @Test
  void paddingStaysZero() {
    Weights model = weights();
    Optimizer adam = Adam.w(model.parameters(), 0.1, DECAY);
    adam.groups(SLOW, VECTORS);
    train(adam, model, 1);
    Parameter first = model.get(0);
    Parameter second = model.get(1);
    for (int i = first.offset() + first.shape().size(); i < second.offset(); i++) {
      assertEquals(0, model.parameters().values().get(i));
    }
  }
}
