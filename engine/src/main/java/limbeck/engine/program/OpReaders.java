package limbeck.engine.program;

import limbeck.engine.io.FormatException;
import limbeck.engine.op.BroadcastOp;
import limbeck.engine.op.Clamp;
import limbeck.engine.op.CumSum;
import limbeck.engine.op.ElementwiseOp;
import limbeck.engine.op.Elu;
import limbeck.engine.op.LeakyRelu;
import limbeck.engine.op.Linear;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.MaskedLogSoftmax;
import limbeck.engine.op.MaskedSoftmax;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Normalize;
import limbeck.engine.op.Op;
import limbeck.engine.op.Pow;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.Round;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Shift;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.index.IntegerMath;
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
import limbeck.engine.op.nn.AddPositions;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.BiLstm;
import limbeck.engine.op.nn.Embedding;
import limbeck.engine.op.nn.Gru;
import limbeck.engine.op.nn.LastStep;
import limbeck.engine.op.nn.LayerNorm;
import limbeck.engine.op.nn.Lstm;
import limbeck.engine.op.nn.MaxSteps;
import limbeck.engine.op.nn.MeanSteps;
import limbeck.engine.op.nn.ProjectedLstm;
import limbeck.engine.op.nn.RotatePositions;
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
 * How each op that a program may hold is made from its settings. By switches, not in a map of
 * lambdas: the first program that a process reads need not wait until all of them are linked.
 */
final class OpReaders {
  private OpReaders() {}

  /**
   * The op of this name with these settings; null if there is no such op.
   *
   * @throws IllegalArgumentException if the op refuses them
   */
  static Op read(String name, OpSettings s) throws FormatException {
    return switch (name) {
      case "leakyRelu" -> new LeakyRelu(s.number("slope"));
      case "round" -> new Round(s.choice("mode", Round.Mode.class));
      case "elu" -> new Elu(s.number("alpha"));
      case "pow" -> new Pow(s.number("exponent"));
      case "clamp" ->
          new Clamp(
              s.has("low") ? s.number("low") : Double.NEGATIVE_INFINITY,
              s.has("high") ? s.number("high") : Double.POSITIVE_INFINITY);
      case "shift" -> new Shift(s.number("term"));
      case "scale" -> new Scale(s.number("factor"));
      case "softmax" -> new Softmax(s.number("temperature"));
      case "logSoftmax" -> new LogSoftmax(s.number("temperature"));
      case "normalize" -> new Normalize(s.number("epsilon"));
      case "maskedSoftmax" -> new MaskedSoftmax(s.number("temperature"));
      case "maskedLogSoftmax" -> new MaskedLogSoftmax(s.number("temperature"));
      case "matmul" -> new MatMul(s.flag("transA"), s.flag("transB"));
      case "linear" -> new Linear();
      case "reshape" -> new Reshape(s.integers("axes"));
      case "layerNorm" -> new LayerNorm(s.number("epsilon"));
      case "lastStep" -> new LastStep(s.has("initial") && s.flag("initial"));
      case "meanSteps" -> new MeanSteps();
      case "maxSteps" -> new MaxSteps();
      case "embedding" -> new Embedding(s.integer("paddingIndex"));
      case "lstm" ->
          new Lstm(s.flag("reverse"), s.flag("lengths"), s.flag("initial"), s.flag("cells"));
      case "gru" -> new Gru(s.flag("reverse"), s.flag("lengths"), s.flag("initial"));
      case "projectedLstm" ->
          new ProjectedLstm(s.flag("reverse"), s.flag("lengths"), s.number("clip"));
      case "addPositions" -> new AddPositions(s.integer("first"));
      case "rotatePositions" -> new RotatePositions(s.integer("first"));
      case "biLstm" -> new BiLstm(s.flag("lengths"), s.flag("ends"));
      case "attention" -> attention(s);
      default -> layout(name, s);
    };
  }

  private static Op attention(OpSettings s) throws FormatException {
    Attention.Keys keys = s.choice("keys", Attention.Keys.class);
    return new Attention(s.integer("heads"), s.flag("causal"), keys, s.number("scale"));
  }

  private static Op layout(String name, OpSettings s) throws FormatException {
    return switch (name) {
      case "permute" -> new Permute(s.integers("axes"));
      case "slice" ->
          new Slice(s.integer("axis"), s.integer("from"), s.integer("to"), s.integer("step"));
      case "concat" -> new Concat(s.integer("axis"), s.integer("operands"));
      case "pad" -> new Pad(s.integers("before"), s.integers("after"), s.number("value"));
      case "gather" -> new Gather(s.integer("axis"));
      case "oneHot" ->
          new OneHot(
              s.integer("classes"), s.number("on"), s.number("off"), s.choice("type", DType.class));
      case "where" -> new Where();
      case "maskFill" -> new MaskFill(s.number("value"));
      case "expandAs" -> new ExpandAs();
      case "flip" -> new Flip(s.integers("axes"));
      case "tile" -> new Tile(s.integers("repeats"));
      case "triangle" -> new Triangle(s.flag("upper"), s.integer("diagonal"));
      case "takeAlong" -> new TakeAlong(s.integer("axis"));
      case "scatterAdd" -> new ScatterAdd(s.integer("axis"));
      case "scatter" -> new Scatter(s.integer("axis"));
      case "sliceAs" -> new SliceAs(s.integer("axis"), s.integer("like"));
      default -> index(name, s);
    };
  }

  private static Op index(String name, OpSettings s) throws FormatException {
    return switch (name) {
      case "compare" -> new Compare(s.choice("relation", Compare.Relation.class));
      case "argMax" -> new ArgMax(s.integer("axis"), s.flag("keepAxis"));
      case "toFloats" -> new ToFloats(s.choice("type", DType.class), s.flag("exact"));
      case "toIntegers" -> new ToIntegers(s.flag("exact"));
      case "integerMath" -> new IntegerMath(s.choice("operation", IntegerMath.Operation.class));
      case "topK" -> new TopK(s.integer("k"), s.integer("axis"));
      case "cumSum" -> new CumSum(s.integer("axis"), s.flag("exclusive"), s.flag("reverse"));
      default -> reduction(name, s);
    };
  }

  private static Op reduction(String name, OpSettings s) throws FormatException {
    return switch (name) {
      case "sum" -> new Sum(s.integers("axes"), s.flag("keepAxes"));
      case "mean" -> new Mean(s.integers("axes"), s.flag("keepAxes"));
      case "max" -> new Max(s.integers("axes"), s.flag("keepAxes"));
      case "min" -> new Min(s.integers("axes"), s.flag("keepAxes"));
      case "prod" -> new Prod(s.integers("axes"), s.flag("keepAxes"));
      case "l1Norm" -> new L1Norm(s.integers("axes"), s.flag("keepAxes"));
      case "l2Norm" -> new L2Norm(s.integers("axes"), s.flag("keepAxes"));
      case "logSumExp" -> new LogSumExp(s.integers("axes"), s.flag("keepAxes"));
      case "variance" ->
          new Variance(s.integers("axes"), s.flag("keepAxes"), s.integer("correction"));
      default -> channels(name, s);
    };
  }

  private static Op channels(String name, OpSettings s) throws FormatException {
    Op op = ChannelOpReaders.read(name, s);
    return op == null ? withoutSettings(name) : op;
  }

  private static Op withoutSettings(String name) {
    Op elementwise = ElementwiseOp.named(name);
    if (elementwise != null) {
      return elementwise;
    }
    for (Op op : BroadcastOp.all()) {
      if (op.spec().name().equals(name)) {
        return op;
      }
    }
    return null;
  }
}
