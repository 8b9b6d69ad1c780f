package limbeck.engine.program;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Op;
import limbeck.engine.op.nn.AdaptiveAvgPool;
import limbeck.engine.op.nn.AvgPool;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.op.nn.ConvTranspose;
import limbeck.engine.op.nn.GlobalAvgPool;
import limbeck.engine.op.nn.MaxPool;
import limbeck.engine.op.nn.Resize;

/** How convolutions, pools and batch norms are made from their settings. */
final class ChannelOpReaders {
  private ChannelOpReaders() {}

  /** The op of this name; null if there is no such op. */
  static Op read(String name, OpSettings s) throws FormatException {
    return switch (name) {
      case "conv1d" -> conv(s, 1);
      case "conv2d" -> conv(s, 2);
      case "convTranspose1d" -> convTranspose(s, 1);
      case "convTranspose2d" -> convTranspose(s, 2);
      case "maxPool1d" -> new MaxPool(windows(s, 1));
      case "maxPool2d" -> new MaxPool(windows(s, 2));
      case "avgPool1d" -> new AvgPool(windows(s, 1), s.flag("countIncludePad"));
      case "avgPool2d" -> new AvgPool(windows(s, 2), s.flag("countIncludePad"));
      case "globalAvgPool" -> new GlobalAvgPool();
      case "adaptiveAvgPool" -> new AdaptiveAvgPool(s.integers("sizes"));
      case "resize" -> new Resize(s.integers("sizes"), s.flag("linear"));
      case "batchNormInference" -> new BatchNormInference(s.number("epsilon"));
      default -> null;
    };
  }

  private static Op conv(OpSettings s, int space) throws FormatException {
    return new Conv(windows(s, space), s.integer("groups"), s.flag("bias"));
  }

  private static Op convTranspose(OpSettings s, int space) throws FormatException {
    List<Integer> extra = perAxis(s, "extra", space);
    return new ConvTranspose(windows(s, space), extra, s.integer("groups"), s.flag("bias"));
  }

  /** One window for each axis of space, from a list for each of their components. */
  private static List<Window> windows(OpSettings s, int space) throws FormatException {
    List<Integer> size = perAxis(s, "size", space);
    List<Integer> stride = perAxis(s, "stride", space);
    List<Integer> padding = perAxis(s, "padding", space);
    List<Integer> dilation = perAxis(s, "dilation", space);
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < space; i++) {
      windows.add(new Window(size.get(i), stride.get(i), padding.get(i), dilation.get(i)));
    }
    return windows;
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
