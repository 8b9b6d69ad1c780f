package limbeck.engine.io.onnx;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An input or output of an ONNX graph.
 *
 * @param name its name
 * @param type of its elements; null where the file does not say, or names one that is not read
 * @param axes sizes of its axes; null where the file does not say even how many there are
 */
public record OnnxValue(String name, OnnxType type, List<Axis> axes) {
  /**
   * An axis.
   *
   * @param size −1 if it is free
   * @param symbol what a free axis is called; empty if it has no name
   */
  public record Axis(long size, String symbol) {
    /** Whether its size may differ from run to run. */
    public boolean isFree() {
      return size < 0;
    }

    @Override
    public String toString() {
      return isFree() ? symbol.isEmpty() ? "?" : symbol : Long.toString(size);
    }
  }

  /** As summaries print it: {@code FLOAT[N, 3, 32, 32]}. */
  public String describe() {
    String shape =
        axes == null
            ? "[…]"
            : axes.stream().map(Axis::toString).collect(Collectors.joining(", ", "[", "]"));
    return (type == null ? "?" : type.toString()) + shape;
  }
}
