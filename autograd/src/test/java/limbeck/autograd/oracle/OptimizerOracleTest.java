package limbeck.autograd.oracle;

import static limbeck.autograd.Numbers.giveGradient;

import java.util.function.Function;
import java.util.stream.Stream;
import limbeck.autograd.Init;
import limbeck.autograd.ParameterStore;
import limbeck.autograd.Weights;
import limbeck.autograd.optim.Adadelta;
import limbeck.autograd.optim.Adagrad;
import limbeck.autograd.optim.Adam;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.RmsProp;
import limbeck.autograd.optim.Sgd;
import limbeck.engine.exec.Workers;
import limbeck.engine.tensor.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of optimizers against PyTorch. */
class OptimizerOracleTest {
  private static final int STEPS = 6;

  private static Arguments of(String name, Function<ParameterStore, Optimizer> make) {
    return Arguments.of(name, make);
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
        of("sgd", store -> new Sgd(store, 1)),
        of("momentum", store -> new Sgd(store, 1, 0.9, false, 0.02)),
        of("nesterov", store -> new Sgd(store, 1, 0.9, true, 0.02)),
        of("adam", store -> new Adam(store, 1, 0.9, 0.999, 1e-8, 0.02, false)),
        of("adamW", store -> Adam.w(store, 1, 0.02)),
        of("adagrad", store -> new Adagrad(store, 1, 0.1, 1e-10, 0.02)),
        of("rmsProp", store -> new RmsProp(store, 1, 0.9, 1e-6, 0, 0.02)),
        of("rmsProp momentum", store -> new RmsProp(store, 1, 0.99, 1e-8, 0.8, 0)),
        of("adadelta", store -> new Adadelta(store, 1, 0.95, 1e-6, 0.02)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void stepsAgree(String name, Function<ParameterStore, Optimizer> make) {
    Oracle oracle = Oracle.of("optimizers", name);
    Weights model = new Weights(Init.constant(0), oracle.get("first").shape());
    model.allocate(DType.F64).init(1);
    model.get(0).value().copyFrom(oracle.get("first"));
    Optimizer optimizer = make.apply(model.parameters());
    for (int step = 0; step < STEPS; step++) {
      giveGradient(model.get(0), oracle.get("gradient" + step));
      optimizer.rate(0.1 / (1 + step));
      optimizer.step(Workers.inline());
      oracle.assertClose("after" + step, model.get(0).value());
    }
  }
}
