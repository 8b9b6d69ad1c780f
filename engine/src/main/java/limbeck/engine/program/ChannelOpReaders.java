package limbeck.engine.program;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import limbeck.engine.io.FormatException;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.nn.AvgPool;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.op.nn.GlobalAvgPool;
import limbeck.engine.op.nn.MaxPool;

/** How convolutions, pools and batch norms are made from their settings. */
final class ChannelOpReaders {
  private ChannelOpReaders() {}

  static void addTo(Map<String, OpReaders.Reader> readers) {
    for (int axes = 1; axes <= 2; axes++) {
      int space = axes;
      readers.put(
          "conv" + space + "d",
          s -> new Conv(windows(s, space), s.integer("groups"), s.flag("bias")));
      readers.put("maxPool" + space + "d", s -> new MaxPool(windows(s, space)));
      readers.put(
          "avgPool" + space + "d", s -> new AvgPool(windows(s, space), s.flag("countIncludePad")));
    }
    readers.put("globalAvgPool", s -> new GlobalAvgPool());
    readers.put("batchNormInference", s -> new BatchNormInference(s.number("epsilon")));
  }

  /** One window for each axis of space, from a list for each of their components. */
  private static List<Window> windows(OpSettings s, int space) throws FormatException {
    List<Integer> size = perAxis(s, "size", space);
    List<Integer> stride = perAxis(s, "stride", space);
    List<Integer> padding = perAxis(s, "padding", space);
    List<Integer> dilation = perAxis(s, "dilation", space);
    return IntStream.range(0, space)
        .mapToObj(i -> new Window(size.get(i), stride.get(i), padding.get(i), dilation.get(i)))
        .toList();
  }

  private static List<Integer> perAxis(OpSettings s, String key, int space) throws FormatException {
    List<Integer> values = s.integers(key);
    if (values.size() != space) {
      throw new IllegalArgumentException(
          "member \"" + key + "\" has " + values.size() + " numbers, " + space + " expected");
    }
    return values;
  }
}
