package limbeck.autograd.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import limbeck.engine.op.Op;
import limbeck.engine.op.reduce.L1Norm;
import limbeck.engine.op.reduce.L2Norm;
import limbeck.engine.op.reduce.LogSumExp;
import limbeck.engine.op.reduce.Max;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Min;
import limbeck.engine.op.reduce.Prod;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.op.reduce.Variance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reductions against PyTorch, over the last axis, over two that are apart, and over all. */
class ReductionOracleTest {
  private static final Map<String, List<Integer>> AXES =
      Map.of("last", List.of(-1), "outer", List.of(0, 2), "all", List.of());

  private static final Map<String, Function<List<Integer>, Op>> OPS =
      Map.of(
          "sum", axes -> new Sum(axes, false),
          "mean", axes -> new Mean(axes, false),
          "max", axes -> new Max(axes, false),
          "min", axes -> new Min(axes, false),
          "prod", axes -> new Prod(axes, false),
          "l1Norm", axes -> new L1Norm(axes, false),
          "l2Norm", axes -> new L2Norm(axes, false),
          "logSumExp", axes -> new LogSumExp(axes, false),
          "variance", axes -> new Variance(axes, false, 1));

  static Stream<Arguments> reductions() {
    List<Arguments> all = new ArrayList<>();
    OPS.forEach(
        (name, op) ->
            AXES.forEach(
                (which, axes) -> all.add(Arguments.of(name + " " + which, op.apply(axes)))));
    all.add(Arguments.of("prod zeros", new Prod(-1)));
    all.add(Arguments.of("l2Norm zeros", new L2Norm(-1)));
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reductions")
  void reductionsAgree(String name, Op op) {
    Oracle.of("reductions", name).check(op, "in.x");
  }
}
