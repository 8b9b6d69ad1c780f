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
import limbeck.engine.op.nn.AddPositions;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.Embedding;
import limbeck.engine.op.nn.LayerNorm;
import limbeck.engine.op.nn.Lstm;

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
    readers.put("layerNorm", s -> new LayerNorm(s.number("epsilon")));
    readers.put("embedding", s -> new Embedding(s.integer("paddingIndex")));
    readers.put(
        "lstm",
        s -> new Lstm(s.flag("reverse"), s.flag("lengths"), s.flag("initial"), s.flag("cells")));
    readers.put("attention", OpReaders::attention);
    readers.put("addPositions", s -> new AddPositions(s.integer("first")));
    ChannelOpReaders.addTo(readers);
    return readers;
  }

  private static Op attention(OpSettings s) throws FormatException {
    Attention.Keys keys = s.choice("keys", Attention.Keys.class);
    return new Attention(s.integer("heads"), s.flag("causal"), keys, s.number("scale"));
  }
}
