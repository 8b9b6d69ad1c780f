package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import limbeck.engine.op.Add;
import limbeck.engine.op.Div;
import limbeck.engine.op.Maximum;
import limbeck.engine.op.Minimum;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Op;
import limbeck.engine.op.Sub;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.index.Compare.Relation;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/** Functions of two elements, with broadcasting of one operand, of the other, and of both. */
final class BroadcastEntries {
  private final List<OracleEntry> entries = new ArrayList<>();

  private BroadcastEntries() {
    add("add", new Add(), NDArray::add);
    add("sub", new Sub(), NDArray::sub);
    add("mul", new Mul(), NDArray::mul);
    add("div", new Div(), NDArray::div);
    add("maximum", new Maximum(), NDArray::maximum);
    add("minimum", new Minimum(), NDArray::minimum);
    compare("equal", Relation.EQUAL, NDArray::eq);
    compare("notEqual", Relation.NOT_EQUAL, NDArray::neq);
    compare("less", Relation.LESS, NDArray::lt);
    compare("lessOrEqual", Relation.LESS_OR_EQUAL, NDArray::lte);
    compare("greater", Relation.GREATER, NDArray::gt);
    compare("greaterOrEqual", Relation.GREATER_OR_EQUAL, NDArray::gte);
  }

  static List<OracleEntry> all() {
    return new BroadcastEntries().entries;
  }

  /** Two shapes that are stretched to each other. */
  private static int[][] shapes(Draw d) {
    int[] axes = d.shape(0, 4);
    return switch (d.below(4)) {
      case 0 -> new int[][] {axes, axes};
      case 1 -> new int[][] {axes, d.stretchedTo(axes)};
      case 2 -> new int[][] {d.stretchedTo(axes), axes};
      default -> new int[][] {d.stretchedTo(axes), d.stretchedTo(axes)};
    };
  }

  private void add(String name, Op op, BinaryOperator<NDArray> torch) {
    entries.add(
        new OracleEntry(
            name,
            d -> {
              int[][] axes = shapes(d);
              Tensor second = name.equals("div") ? d.positive(axes[1]) : d.normal(axes[1]);
              return OracleCase.of(op, in -> torch.apply(in[0], in[1]), d.normal(axes[0]), second);
            }));
  }

  /** Of whole numbers, of which many are equal. */
  private void compare(String name, Relation relation, BinaryOperator<NDArray> torch) {
    entries.add(
        new OracleEntry(
            name,
            d -> {
              int[][] axes = shapes(d);
              return OracleCase.of(
                  new Compare(relation),
                  in -> torch.apply(in[0], in[1]),
                  d.integers(-2, 2, axes[0]).to(DType.F64),
                  d.integers(-2, 2, axes[1]).to(DType.F64));
            }));
  }
}
