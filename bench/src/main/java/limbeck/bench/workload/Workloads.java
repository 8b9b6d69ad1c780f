package limbeck.bench.workload;

import java.util.List;
import java.util.function.Function;
import limbeck.autograd.Module;
import limbeck.autograd.ParameterStore;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.autograd.optim.Adam;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.Sgd;
import limbeck.engine.tensor.Shape;

/** All workloads, by name. */
public final class Workloads {
  private static final Function<ParameterStore, Optimizer> SGD =
      p -> new Sgd(p, 0.01, 0.9, false, 0);
  private static final Function<ParameterStore, Optimizer> ADAM = p -> new Adam(p, 2e-4);

  /** In the order of tables. */
  public static final List<Workload> ALL =
      List.of(
          new Workload("mlp-teacher", () -> mlp(784, 1200, 1200, 10), Shape.of(784), 100, 10, SGD),
          new Workload("mlp-student", () -> mlp(784, 800, 800, 10), Shape.of(784), 100, 10, SGD),
          new Workload("mlp-tiny", () -> mlp(64, 64, 10), Shape.of(64), 32, 10, SGD),
          bert("bert-mini", 4, 256, 4, 128, 16),
          bert("bert-tiny", 2, 128, 2, 128, 32),
          bert("minilm-shape", 6, 384, 12, 32, 32),
          new Workload("bilstm", BiLstm::new, Shape.of(32, 300), 50, 2, ADAM),
          new Workload("resnet20", ResNet20::new, Shape.of(3, 32, 32), 64, 10, SGD),
          new Workload("plain-cnn", PlainCnn::new, Shape.of(3, 32, 32), 64, 10, SGD));

  private Workloads() {}

  /**
   * The workload of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Workload named(String name) {
    return ALL.stream()
        .filter(w -> w.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no workload \""
                        + name
                        + "\"; there are "
                        + ALL.stream().map(Workload::name).toList()));
  }

  private static Workload bert(String name, int depth, int width, int heads, int time, int batch) {
    return new Workload(
        name, () -> new Bert(depth, width, heads, 2), Shape.of(time, width), batch, 2, ADAM);
  }

  /** A perceptron with rectifiers between its layers. */
  static Module mlp(int... widths) {
    Module[] layers = new Module[2 * widths.length - 3];
    for (int i = 0; i + 1 < widths.length; i++) {
      layers[2 * i] = new Linear(widths[i], widths[i + 1]);
      if (2 * i + 1 < layers.length) {
        layers[2 * i + 1] = Activation.relu();
      }
    }
    return new Sequential(layers);
  }
}
