package limbeck.engine.op;

import java.util.Locale;
import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * The nearest integer in some direction, as a number; zeros, infinities and NaN stay. The gradient
 * is 0 everywhere.
 *
 * @param mode which integer
 */
public record Round(Mode mode) implements ElementwiseOp {
  /** Directions. */
  public enum Mode {
    /** ⌊x⌋. */
    FLOOR("Floor", 13),
    /** ⌈x⌉. */
    CEIL("Ceil", 13),
    /** The nearest; the even one of two. */
    NEAREST("Round", 11);

    private final String onnx;
    private final int opset;

    Mode(String onnx, int opset) {
      this.onnx = onnx;
      this.opset = opset;
    }

    /** The integer for a number. */
    public double of(double x) {
      return switch (this) {
        case FLOOR -> Math.floor(x);
        case CEIL -> Math.ceil(x);
        case NEAREST -> Math.rint(x);
      };
    }

    /** As it is read: {@code floor}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final OpSpec[] SPECS = new OpSpec[Mode.values().length];

  static {
    for (Mode m : Mode.values()) {
      OpSpec spec = OpSpec.of("round").operand("x", "...").domain(-3, 3).onnx(m.onnx, m.opset);
      for (int step = -3; step <= 3; step++) {
        spec = spec.kink(m == Mode.NEAREST ? step + 0.5 : step);
      }
      SPECS[m.ordinal()] = spec;
    }
  }

  @Override
  public int cost() {
    return 4;
  }

  /** Rounds; what a float rounds to is a float, so double loses nothing. */
  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    for (int k = i; k < i + n; k++) {
      out.set(k, mode.of(in[0].get(k)));
    }
  }

  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.fill(0, gradIn[0], i, n);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("mode", mode.name());
  }

  @Override
  public OpSpec spec() {
    return SPECS[mode.ordinal()];
  }
}
