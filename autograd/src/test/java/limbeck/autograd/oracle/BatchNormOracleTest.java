package limbeck.autograd.oracle;

import java.util.Map;
import java.util.function.UnaryOperator;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.Residual;
import limbeck.autograd.module.Sequential;
import limbeck.engine.kernel.composite.Window;
import org.junit.jupiter.api.Test;

/** Batch norm, alone and in residual blocks, against PyTorch: values, gradients and statistics. */
class BatchNormOracleTest {
  private static final Window THREE = Window.of(3).withPadding(1);

  /** Two steps of training, then evaluation with the statistics that they left. */
  private static void check(String name, Module model) {
    Oracle.of("batch_norm", name + "_first").load(model, UnaryOperator.identity());
    model.train(1, 0);
    run(name + "_first", model);
    model.train(1, 1);
    run(name + "_second", model);
    model.evaluate();
    run(name + "_evaluation", model);
  }

  private static void run(String caseName, Module model) {
    Oracle oracle = Oracle.of("batch_norm", caseName);
    model.parameters().clearGradients();
    Map<String, Var> inputs = Map.of("x", oracle.input("x"));
    oracle.check(model, UnaryOperator.identity(), inputs, in -> model.forward(in.get("x")));
    model
        .state()
        .forEach(
            (path, t) -> {
              if (path.contains("running")) {
                oracle.assertClose("b." + path, t);
              }
            });
  }

  @Test
  void everyRank() {
    check("rows", new BatchNorm(3));
    check("sequences", new BatchNorm(3, 0.1, 0.3));
    check("images", new BatchNorm(3));
  }

  private static Sequential body(int in, int out, int stride) {
    return new Sequential(
        new Conv2d(in, out, THREE.withStride(stride), false),
        new BatchNorm(out),
        Activation.relu(),
        new Conv2d(out, out, THREE, false),
        new BatchNorm(out));
  }

  @Test
  void residualBlocks() {
    check("block", new Residual(body(3, 3, 1)));
    Sequential shortcut =
        new Sequential(new Conv2d(3, 4, Window.of(1).withStride(2), false), new BatchNorm(4));
    check("block_halving", new Residual(body(3, 4, 2), shortcut, Activation.relu()));
  }
}
