package limbeck.autograd.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import limbeck.autograd.Module;
import limbeck.autograd.Numbers;
import limbeck.autograd.Parameter;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every layer, in float64: each element of the gradients of its parameters and of its input against
 * the central difference, and a second backward pass against the first, bit for bit.
 */
class LayerCatalogueTest {
  private static final double TOLERANCE = 1e-6;
  private static final double STEP = 1e-5;
  private static final List<String> TABLE = new ArrayList<>();

  private final OpContext context = new OpContext();

  @TestFactory
  Stream<DynamicTest> gradientsAreTheDerivatives() {
    return LayerEntry.all().stream().map(e -> DynamicTest.dynamicTest(title(e), () -> check(e)));
  }

  private static String title(LayerEntry e) {
    return e.layer().getClass().getSimpleName() + ": " + e.name();
  }

  private void check(LayerEntry e) {
    Module layer = e.layer();
    layer.allocate(DType.F64).init(3);
    if (e.training()) {
      layer.train(5, 2);
    }
    Tensor x = Numbers.normal(DType.F64, 1, e.input().toArray());
    Var input = Var.input(x);
    Tensor weights =
        Numbers.normal(DType.F64, 2, e.forward().apply(layer, input).shape().toArray());
    Tensor ofInput;
    try (Tape tape = Tape.open(context)) {
      tape.backward(loss(e, input, weights));
      ofInput = input.gradient().own();
    }
    double worst = worst(e, weights, x, x, ofInput);
    int compared = x.size();
    for (Parameter p : layer.parameters().parameters().values()) {
      Tensor g = p.gradient() == null ? Tensor.zeros(DType.F64, p.shape()) : p.gradient().own();
      worst = Math.max(worst, worst(e, weights, x, p.value(), g));
      compared += g.size();
    }
    ModelCheck.twice(layer, () -> loss(e, input, weights), input);
    TABLE.add(
        String.format(
            Locale.ROOT, "%-46s %6d %9.1e   backward twice: equal", title(e), compared, worst));
    double last = worst;
    assertTrue(worst <= TOLERANCE, () -> title(e) + ": error " + last);
  }

  private static Var loss(LayerEntry e, Var x, Tensor weights) {
    return e.forward().apply(e.layer(), x).times(Var.of(weights)).sum();
  }

  /**
   * The largest |gradient − difference| / max(1, |gradient|, |difference|) by elements of t, which
   * may be x.
   */
  private static double worst(LayerEntry e, Tensor weights, Tensor x, Tensor t, Tensor gradient) {
    double worst = 0;
    for (int i = 0; i < t.size(); i++) {
      double before = t.get(i);
      double up = at(e, weights, x, t, i, before + STEP);
      double down = at(e, weights, x, t, i, before - STEP);
      t.set(i, before);
      e.layer().parameters().changed();
      double difference = (up - down) / (2 * STEP);
      double scale = Math.max(1, Math.max(Math.abs(gradient.get(i)), Math.abs(difference)));
      worst = Math.max(worst, Math.abs(gradient.get(i) - difference) / scale);
    }
    return worst;
  }

  /** The loss with another value of element i of t. */
  private static double at(LayerEntry e, Tensor weights, Tensor x, Tensor t, int i, double value) {
    t.set(i, value);
    e.layer().parameters().changed();
    return loss(e, Var.of(x), weights).item();
  }

  @Test
  void everyLayerHasAnEntry() throws Exception {
    Set<String> covered = new TreeSet<>();
    LayerEntry.all().forEach(e -> covered.add(e.layer().getClass().getSimpleName()));
    Set<String> layers = layers();
    assertTrue(layers.contains("Linear") && layers.contains("Lstm"), layers.toString());
    layers.removeAll(covered);
    assertEquals(Set.of(), layers, "layers without an entry: add one to LayerEntry");
  }

  /** The modules of this package that can be made. */
  private static Set<String> layers() throws IOException, ClassNotFoundException {
    Path folder = Path.of("target", "classes", "limbeck", "autograd", "module");
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class<?> type = Class.forName("limbeck.autograd.module." + name);
        if (Module.class.isAssignableFrom(type)
            && !type.isMemberClass()
            && !Modifier.isAbstract(type.getModifiers())) {
          names.add(name);
        }
      }
    }
    return names;
  }

  @AfterAll
  static void writeTable() throws IOException {
    String head = "layer, configuration; elements compared; largest error\n";
    Files.writeString(
        Path.of("target", "layer-catalogue.txt"), head + String.join("\n", TABLE) + "\n");
  }
}
