package limbeck.autograd.oracle;

import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Selu;
import limbeck.autograd.module.Sequential;
import limbeck.engine.op.Clamp;
import limbeck.engine.op.Cos;
import limbeck.engine.op.Erf;
import limbeck.engine.op.HardSigmoid;
import limbeck.engine.op.Maximum;
import limbeck.engine.op.Minimum;
import limbeck.engine.op.Op;
import limbeck.engine.op.Pow;
import limbeck.engine.op.Rsqrt;
import limbeck.engine.op.Sin;
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
        Arguments.of("leakyRelu", Activation.leakyRelu(0.3)),
        Arguments.of("hardSwish", Activation.hardSwish()),
        Arguments.of("hardTanh", Activation.hardTanh()),
        Arguments.of("relu6", Activation.relu6()),
        Arguments.of("elu", Activation.elu(0.7)),
        Arguments.of("selu", new Selu()),
        Arguments.of("mish", Activation.mish()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("activations")
  void activationsAgree(String name, Module layer) {
    Oracle oracle = Oracle.of("activations", name);
    oracle.load(layer, UnaryOperator.identity());
    Map<String, Var> inputs = Map.of("x", oracle.input("x"));
    oracle.check(layer, UnaryOperator.identity(), inputs, in -> layer.forward(in.get("x")));
  }

  static Stream<Arguments> functions() {
    return Stream.of(
        Arguments.of("hardSigmoid", new HardSigmoid()),
        Arguments.of("clamp", new Clamp(-1.5, 0.25)),
        Arguments.of("rsqrt", new Rsqrt()),
        Arguments.of("erf", new Erf()),
        Arguments.of("sin", new Sin()),
        Arguments.of("cos", new Cos()),
        Arguments.of("square", new Pow(2)),
        Arguments.of("cube root", new Pow(1 / 3.0)),
        Arguments.of("reciprocal", new Pow(-1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void functionsAgree(String name, Op op) {
    Oracle.of("activations", name).check(op, "in.x");
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
