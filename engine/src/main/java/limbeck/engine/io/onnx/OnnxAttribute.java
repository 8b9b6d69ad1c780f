package limbeck.engine.io.onnx;

import java.util.Arrays;
import limbeck.engine.io.FormatException;

/**
 * A setting of an ONNX node. Exactly one of the values is there, as {@code kind} says.
 *
 * @param name of the setting
 * @param kind which value it is
 * @param integers of kinds INT and INTS
 * @param numbers of kinds FLOAT and FLOATS
 * @param text of kind STRING
 * @param tensor of kind TENSOR
 */
public record OnnxAttribute(
    String name, Kind kind, long[] integers, float[] numbers, String text, OnnxTensor tensor) {
  /** AttributeProto.AttributeType, with its numbers. */
  public enum Kind {
    /** A float. */
    FLOAT(1),
    /** A whole number. */
    INT(2),
    /** A text. */
    STRING(3),
    /** A tensor. */
    TENSOR(4),
    /** Floats. */
    FLOATS(6),
    /** Whole numbers. */
    INTS(7),
    /** Texts, which are not read one by one. */
    STRINGS(8),
    /** What is not read: graphs, say. */
    OTHER(0);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static Kind of(long number) {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      return OTHER;
    }
  }

  /** As summaries print it: {@code axis=1}. */
  @Override
  public String toString() {
    return name
        + "="
        + switch (kind) {
          case INT -> Long.toString(integers[0]);
          case INTS -> Arrays.toString(integers);
          case FLOAT -> Float.toString(numbers[0]);
          case FLOATS -> Arrays.toString(numbers);
          case STRING -> FormatException.quote(text);
          case TENSOR -> tensor.type() + tensor.value().shape().toString();
          default -> "…";
        };
  }
}
