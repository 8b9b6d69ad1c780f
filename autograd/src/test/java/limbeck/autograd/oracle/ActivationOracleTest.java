package limbeck.autograd.oracle;

import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Sequential;
import limbeck.engine.op.Maximum;
import limbeck.engine.op.Minimum;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Activations and arithmetic with broadcasting against PyTorch. */
class ActivationOracleTest {
  static Stream<Arguments> activations() {
    return Stream.of(
        Arguments.of("relu", Activation.relu()),
        Arguments.of("tanh", Activation.tanh()),
        Arguments.of("sigmoid", Activation.sigmoid()),
        Arguments.of("gelu", Activation.gelu()),
        Arguments.of("geluTanh", Activation.geluTanh()),
        Arguments.of("silu", Activation.silu()),
        Arguments.of("softplus", Activation.softplus()),
        Arguments.of("leakyRelu", Activation.leakyRelu(0.3)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("activations")
  void activationsAgree(String name, Activation layer) {
    Oracle oracle = Oracle.of("activations", name);
    oracle.load(layer, UnaryOperator.identity());
    Map<String, Var> inputs = Map.of("x", oracle.input("x"));
    oracle.check(layer, UnaryOperator.identity(), inputs, in -> layer.forward(in.get("x")));
  }

  private static Arguments of(String name, BinaryOperator<Var> operation) {
    return Arguments.of(name, operation);
  }

  static Stream<Arguments> operations() {
    return Stream.of(
        of("add", Var::plus),
        of("sub", Var::minus),
        of("mul", Var::times),
        of("div", Var::dividedBy),
        of("maximum", (a, b) -> a.apply(new Maximum(), b)),
        of("minimum", (a, b) -> a.apply(new Minimum(), b)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void arithmeticAgrees(String name, BinaryOperator<Var> operation) {
    Oracle oracle = Oracle.of("activations", name);
    Map<String, Var> inputs = Map.of("a", oracle.input("a"), "b", oracle.input("b"));
    Module none = new Sequential();
    oracle.load(none, UnaryOperator.identity());
    oracle.check(
        none, UnaryOperator.identity(), inputs, in -> operation.apply(in.get("a"), in.get("b")));
  }
}
