package limbeck.autograd.oracle;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.op.Abs;
import limbeck.engine.op.Add;
import limbeck.engine.op.Clamp;
import limbeck.engine.op.Cos;
import limbeck.engine.op.CumSum;
import limbeck.engine.op.Div;
import limbeck.engine.op.Elu;
import limbeck.engine.op.Erf;
import limbeck.engine.op.Exp;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.GeluTanh;
import limbeck.engine.op.HardSigmoid;
import limbeck.engine.op.HardSwish;
import limbeck.engine.op.LeakyRelu;
import limbeck.engine.op.Log;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.Maximum;
import limbeck.engine.op.Minimum;
import limbeck.engine.op.Mish;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Normalize;
import limbeck.engine.op.Op;
import limbeck.engine.op.Pow;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.Round;
import limbeck.engine.op.Rsqrt;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Shift;
import limbeck.engine.op.Sigmoid;
import limbeck.engine.op.Silu;
import limbeck.engine.op.Sin;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.Softplus;
import limbeck.engine.op.Sqrt;
import limbeck.engine.op.Sub;
import limbeck.engine.op.Tanh;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.index.Compare.Relation;
import limbeck.engine.op.index.IntegerMath;
import limbeck.engine.op.index.IntegerMath.Operation;
import limbeck.engine.op.index.ToFloats;
import limbeck.engine.op.index.ToIntegers;
import limbeck.engine.op.index.TopK;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.ExpandAs;
import limbeck.engine.op.layout.Flip;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.layout.MaskFill;
import limbeck.engine.op.layout.OneHot;
import limbeck.engine.op.layout.Pad;
import limbeck.engine.op.layout.Permute;
import limbeck.engine.op.layout.Scatter;
import limbeck.engine.op.layout.ScatterAdd;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.layout.SliceAs;
import limbeck.engine.op.layout.TakeAlong;
import limbeck.engine.op.layout.Tile;
import limbeck.engine.op.layout.Triangle;
import limbeck.engine.op.layout.Where;
import limbeck.engine.op.reduce.ArgMax;
import limbeck.engine.op.reduce.L1Norm;
import limbeck.engine.op.reduce.L2Norm;
import limbeck.engine.op.reduce.LogSumExp;
import limbeck.engine.op.reduce.Max;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Min;
import limbeck.engine.op.reduce.Prod;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.op.reduce.Variance;
import limbeck.engine.tensor.DType;

/**
 * The ops that bench/oracle/ops.py has cases of, and those of the other scripts, by their names.
 */
final class OracleOps {
  private final Map<String, Op> ops = new LinkedHashMap<>();

  private OracleOps() {
    elementwise();
    binary();
    rows();
    layout();
    chosen();
    integers();
    OracleLossOps.addTo(ops);
    OracleNetworkOps.addTo(ops);
  }

  static Map<String, Op> all() {
    return new OracleOps().ops;
  }

  private void elementwise() {
    for (Op op :
        List.of(
            new Relu(),
            new Tanh(),
            new Sigmoid(),
            new Gelu(),
            new GeluTanh(),
            new Silu(),
            new Softplus(),
            new Exp(),
            new Log(),
            new Sqrt(),
            new Rsqrt(),
            new Abs(),
            new HardSigmoid(),
            new HardSwish(),
            new Mish(),
            new Erf(),
            new Sin(),
            new Cos())) {
      ops.put(op.spec().name(), op);
    }
    ops.put("leakyRelu 0.3", new LeakyRelu(0.3));
    ops.put("leakyRelu 0", new LeakyRelu(0));
    ops.put("clamp -1.5 0.25", new Clamp(-1.5, 0.25));
    ops.put("clamp 0", new Clamp(0, Double.POSITIVE_INFINITY));
    ops.put("elu 0.7", new Elu(0.7));
    ops.put("pow 2", new Pow(2));
    ops.put("pow 3", new Pow(3));
    ops.put("pow 0.4", new Pow(0.4));
    ops.put("pow -1", new Pow(-1));
    ops.put("pow 0", new Pow(0));
    ops.put("scale -2.5", new Scale(-2.5));
    ops.put("shift 1.5", new Shift(1.5));
    for (Round.Mode mode : Round.Mode.values()) {
      ops.put("round " + mode, new Round(mode));
    }
  }

  private void binary() {
    for (Op op :
        List.of(new Add(), new Sub(), new Mul(), new Div(), new Maximum(), new Minimum())) {
      ops.put(op.spec().name(), op);
    }
    ops.put("equal", new Compare(Relation.EQUAL));
    ops.put("notEqual", new Compare(Relation.NOT_EQUAL));
    ops.put("less", new Compare(Relation.LESS));
    ops.put("lessOrEqual", new Compare(Relation.LESS_OR_EQUAL));
    ops.put("greater", new Compare(Relation.GREATER));
    ops.put("greaterOrEqual", new Compare(Relation.GREATER_OR_EQUAL));
  }

  private void rows() {
    Map<String, int[]> axes =
        Map.of(
            "-1", new int[] {-1}, "0", new int[] {0}, "0,2", new int[] {0, 2}, "all", new int[0]);
    axes.forEach(
        (text, a) -> {
          ops.put("sum " + text, new Sum(a));
          ops.put("mean " + text, new Mean(a));
          ops.put("max " + text, new Max(a));
          ops.put("min " + text, new Min(a));
          ops.put("prod " + text, new Prod(a));
          ops.put("l1Norm " + text, new L1Norm(a));
          ops.put("l2Norm " + text, new L2Norm(a));
          ops.put("logSumExp " + text, new LogSumExp(a));
          List<Integer> list = Arrays.stream(a).boxed().toList();
          ops.put("variance " + text, new Variance(list, false, 0));
          ops.put("variance of a sample " + text, new Variance(list, false, 1));
        });
    for (int temperature : new int[] {1, 4}) {
      ops.put("softmax " + temperature, new Softmax(temperature));
      ops.put("logSoftmax " + temperature, new LogSoftmax(temperature));
    }
    ops.put("normalize", new Normalize(0));
    ops.put("cumSum -1 0 0", new CumSum(-1));
    ops.put("cumSum 0 0 1", new CumSum(0, false, true));
    ops.put("cumSum 1 1 0", new CumSum(1, true, false));
  }

  private void layout() {
    ops.put("reshape 0 -1", new Reshape(List.of(0, -1)));
    ops.put("permute 0 2 1", Permute.to(0, 2, 1));
    ops.put("permute 2 0 1", Permute.to(2, 0, 1));
    ops.put("slice 1 1 3", new Slice(1, 1, 3));
    ops.put("slice -1 0 end 2", new Slice(-1, 0, Slice.END, 2));
    ops.put("pad", new Pad(List.of(1, 2), List.of(3, 0), -1.5));
    ops.put("flip 1", Flip.of(1));
    ops.put("flip -1 0", Flip.of(-1, 0));
    ops.put("tile 3", Tile.of(3));
    ops.put("tile 2 1 3", Tile.of(2, 1, 3));
    for (int diagonal : new int[] {0, 1, -2}) {
      ops.put("triu " + diagonal, new Triangle(true, diagonal));
      ops.put("tril " + diagonal, new Triangle(false, diagonal));
    }
    ops.put("concat 0", new Concat(0, 2));
    ops.put("concat -1", new Concat(-1, 2));
  }

  private void chosen() {
    for (int axis : new int[] {0, 1}) {
      ops.put("gather " + axis, new Gather(axis));
      ops.put("takeAlong " + axis, new TakeAlong(axis));
      ops.put("scatterAdd " + axis, new ScatterAdd(axis));
      ops.put("scatter " + axis, new Scatter(axis));
    }
    ops.put("where", new Where());
    ops.put("maskFill -2", new MaskFill(-2));
    ops.put("expandAs", new ExpandAs());
    ops.put("oneHot 4", new OneHot(4, 1, 0, DType.F64));
    ops.put("topK 2 -1", new TopK(2, -1));
    ops.put("topK 3 0", new TopK(3, 0));
    ops.put("argMax -1", new ArgMax(-1, false));
    ops.put("argMax 0", new ArgMax(0, false));
    ops.put("sliceAs 0 1", new SliceAs(0, 1));
    ops.put("sliceAs -1 0", new SliceAs(-1, 0));
  }

  private void integers() {
    for (Operation operation : Operation.values()) {
      ops.put("integerMath " + operation, new IntegerMath(operation));
    }
    ops.put("toIntegers", new ToIntegers(false));
    ops.put("toIntegers exact", new ToIntegers(true));
    ops.put("toFloats", new ToFloats(DType.F64, false));
  }
}
