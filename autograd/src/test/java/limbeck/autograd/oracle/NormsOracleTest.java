package limbeck.autograd.oracle;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.GroupNorm;
import limbeck.autograd.module.InstanceNorm;
import limbeck.autograd.module.PRelu;
import limbeck.autograd.module.RmsNorm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Group, instance and root mean square norm and learnt slopes against PyTorch. */
class NormsOracleTest {
  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of("group images", new GroupNorm(2, 6)),
        Arguments.of("group sequences", new GroupNorm(3, 3, 0.1)),
        Arguments.of("group rows", new GroupNorm(2, 8)),
        Arguments.of("instance images", new InstanceNorm(3)),
        Arguments.of("instance sequences", new InstanceNorm(3, 0.1, true)),
        Arguments.of("rms rows", new RmsNorm(7)),
        Arguments.of("rms sequences", new RmsNorm(5, 0.1)),
        Arguments.of("prelu", new PRelu()),
        Arguments.of("prelu channels", new PRelu(3)),
        Arguments.of("prelu rows", new PRelu(5)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void agrees(String name, Module layer) {
    Oracle oracle = Oracle.of("norms", name);
    oracle.load(layer, UnaryOperator.identity());
    Map<String, Var> inputs = Map.of("x", oracle.input("x"));
    oracle.check(layer, UnaryOperator.identity(), inputs, in -> layer.forward(in.get("x")));
  }
}
