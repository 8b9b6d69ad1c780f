package limbeck.engine.program;

import java.util.Map;
import java.util.TreeMap;
import limbeck.engine.io.FormatException;
import limbeck.engine.op.BroadcastOp;
import limbeck.engine.op.ElementwiseOp;
import limbeck.engine.op.LeakyRelu;
import limbeck.engine.op.Linear;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.MaskedLogSoftmax;
import limbeck.engine.op.MaskedSoftmax;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Op;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Shift;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.ExpandAs;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.layout.MaskFill;
import limbeck.engine.op.layout.OneHot;
import limbeck.engine.op.layout.Pad;
import limbeck.engine.op.layout.Permute;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.layout.Where;
import limbeck.engine.op.nn.AddPositions;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.BiLstm;
import limbeck.engine.op.nn.Embedding;
import limbeck.engine.op.nn.LastStep;
import limbeck.engine.op.nn.LayerNorm;
import limbeck.engine.op.nn.Lstm;
import limbeck.engine.op.reduce.LogSumExp;
import limbeck.engine.op.reduce.Max;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.op.reduce.Variance;
import limbeck.engine.tensor.DType;

/** How each op that a program may hold is made from its settings. */
final class OpReaders {
  /** Makes an op of one kind. */
  @FunctionalInterface
  interface Reader {
    /**
     * The op with these settings.
     *
     * @throws IllegalArgumentException if the op refuses them
     */
    Op read(OpSettings s) throws FormatException;
  }

  private static final Map<String, Reader> BY_NAME = byName();

  private OpReaders() {}

  /** The reader of ops with this name, or null. */
  static Reader find(String name) {
    return BY_NAME.get(name);
  }

  private static Map<String, Reader> byName() {
    Map<String, Reader> readers = new TreeMap<>();
    ElementwiseOp.withoutSettings().forEach(op -> readers.put(op.spec().name(), s -> op));
    BroadcastOp.all().forEach(op -> readers.put(op.spec().name(), s -> op));
    readers.put("leakyRelu", s -> new LeakyRelu(s.number("slope")));
    readers.put("shift", s -> new Shift(s.number("term")));
    readers.put("scale", s -> new Scale(s.number("factor")));
    readers.put("softmax", s -> new Softmax(s.number("temperature")));
    readers.put("logSoftmax", s -> new LogSoftmax(s.number("temperature")));
    readers.put("maskedSoftmax", s -> new MaskedSoftmax(s.number("temperature")));
    readers.put("maskedLogSoftmax", s -> new MaskedLogSoftmax(s.number("temperature")));
    readers.put("matmul", s -> new MatMul(s.flag("transA"), s.flag("transB")));
    readers.put("linear", s -> new Linear());
    readers.put("reshape", s -> new Reshape(s.integers("axes")));
    layout(readers);
    reductions(readers);
    readers.put("layerNorm", s -> new LayerNorm(s.number("epsilon")));
    readers.put("lastStep", s -> new LastStep(s.has("initial") && s.flag("initial")));
    readers.put("embedding", s -> new Embedding(s.integer("paddingIndex")));
    readers.put(
        "lstm",
        s -> new Lstm(s.flag("reverse"), s.flag("lengths"), s.flag("initial"), s.flag("cells")));
    readers.put("biLstm", s -> new BiLstm(s.flag("lengths"), s.flag("ends")));
    readers.put("attention", OpReaders::attention);
    readers.put("addPositions", s -> new AddPositions(s.integer("first")));
    ChannelOpReaders.addTo(readers);
    return readers;
  }

  private static Op attention(OpSettings s) throws FormatException {
    Attention.Keys keys = s.choice("keys", Attention.Keys.class);
    return new Attention(s.integer("heads"), s.flag("causal"), keys, s.number("scale"));
  }

  private static void layout(Map<String, Reader> readers) {
    readers.put("permute", s -> new Permute(s.integers("axes")));
    readers.put(
        "slice",
        s -> new Slice(s.integer("axis"), s.integer("from"), s.integer("to"), s.integer("step")));
    readers.put("concat", s -> new Concat(s.integer("axis"), s.integer("operands")));
    readers.put("pad", s -> new Pad(s.integers("before"), s.integers("after"), s.number("value")));
    readers.put("gather", s -> new Gather(s.integer("axis")));
    readers.put(
        "oneHot",
        s ->
            new OneHot(
                s.integer("classes"),
                s.number("on"),
                s.number("off"),
                s.choice("type", DType.class)));
    readers.put("where", s -> new Where());
    readers.put("maskFill", s -> new MaskFill(s.number("value")));
    readers.put("expandAs", s -> new ExpandAs());
  }

  private static void reductions(Map<String, Reader> readers) {
    readers.put("sum", s -> new Sum(s.integers("axes"), s.flag("keepAxes")));
    readers.put("mean", s -> new Mean(s.integers("axes"), s.flag("keepAxes")));
    readers.put("max", s -> new Max(s.integers("axes"), s.flag("keepAxes")));
    readers.put("logSumExp", s -> new LogSumExp(s.integers("axes"), s.flag("keepAxes")));
    readers.put(
        "variance",
        s -> new Variance(s.integers("axes"), s.flag("keepAxes"), s.integer("correction")));
  }
}
