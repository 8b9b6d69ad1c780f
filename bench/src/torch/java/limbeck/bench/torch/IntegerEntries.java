package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.function.BinaryOperator;
import limbeck.engine.op.Round;
import limbeck.engine.op.index.IntegerMath;
import limbeck.engine.op.index.IntegerMath.Operation;
import limbeck.engine.op.index.ToFloats;
import limbeck.engine.op.index.ToIntegers;
import limbeck.engine.op.layout.SliceAs;
import limbeck.engine.tensor.DType;

/** Ops of integers, and between integers and numbers. */
final class IntegerEntries {
  private IntegerEntries() {}

  static List<OracleEntry> all() {
    return List.of(
        new OracleEntry("toFloats", IntegerEntries::toFloats),
        new OracleEntry("toIntegers", IntegerEntries::toIntegers),
        new OracleEntry("floor", d -> round(d, Round.Mode.FLOOR)),
        new OracleEntry("ceil", d -> round(d, Round.Mode.CEIL)),
        new OracleEntry("round", d -> round(d, Round.Mode.NEAREST)),
        math(Operation.ADD, NDArray::add),
        math(Operation.SUB, NDArray::sub),
        math(Operation.MUL, NDArray::mul),
        math(Operation.MIN, NDArray::minimum),
        math(Operation.MAX, NDArray::maximum),
        math(Operation.REMAINDER, IntegerEntries::remainder),
        new OracleEntry("sliceAs", IntegerEntries::sliceAs));
  }

  private static OracleCase toFloats(Draw d) {
    return OracleCase.of(
        new ToFloats(DType.F64, false),
        in -> in[0].toType(DataType.FLOAT64, true),
        d.integers(-1_000_000, 1_000_000, d.shape(0, 3)));
  }

  private static OracleCase toIntegers(Draw d) {
    return OracleCase.of(
        new ToIntegers(false),
        in -> in[0].toType(DataType.INT64, true),
        d.scaled(100, d.shape(0, 3)));
  }

  private static OracleCase round(Draw d, Round.Mode mode) {
    return OracleCase.of(
        new Round(mode),
        in ->
            switch (mode) {
              case FLOOR -> in[0].floor();
              case CEIL -> in[0].ceil();
              case NEAREST -> in[0].round();
            },
        d.scaled(10, d.shape(0, 3)));
  }

  private static OracleEntry math(Operation operation, BinaryOperator<NDArray> torch) {
    return new OracleEntry(
        "integerMath " + operation,
        d -> {
          int[] shape = d.shape(0, 3);
          return OracleCase.of(
              new IntegerMath(operation),
              in -> torch.apply(in[0], in[1]),
              d.integers(-1000, 1000, shape),
              d.integers(1, 1000, d.stretchedTo(shape)));
        });
  }

  /** With the sign of the dividend: libtorch's own has that of the divisor, which is above 0. */
  private static NDArray remainder(NDArray a, NDArray b) {
    return a.abs().mod(b).mul(a.sign());
  }

  private static OracleCase sliceAs(Draw d) {
    int[] shape = d.shape(1, 3);
    int axis = d.below(shape.length);
    int n = d.from(1, shape[axis]);
    NDIndex index = new NDIndex(":,".repeat(axis) + "0:" + n);
    boolean all = n == shape[axis]; // of which DJL makes a copy without gradient
    return OracleCase.of(
        new SliceAs(axis, 0),
        in -> all ? in[0].mul(1.0) : in[0].get(index),
        d.normal(shape),
        d.normal(n));
  }
}
