package limbeck.engine.op.index;

import java.util.Locale;
import java.util.Map;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * Comparison of two tensors, element by element with broadcasting: 1 where the relation holds, 0
 * where it does not. NaN differs from everything and is in no other relation.
 *
 * @param relation what is asked
 */
public record Compare(Relation relation) implements BroadcastIndexOp {
  /** What may hold between two numbers. */
  public enum Relation {
    /** a = b. */
    EQUAL("Equal", 11),
    /** a ≠ b. */
    NOT_EQUAL(null, 0),
    /** a {@literal <} b. */
    LESS("Less", 9),
    /** a ≤ b. */
    LESS_OR_EQUAL("LessOrEqual", 16),
    /** a {@literal >} b. */
    GREATER("Greater", 9),
    /** a ≥ b. */
    GREATER_OR_EQUAL("GreaterOrEqual", 16);

    private final String onnx;
    private final int opset;

    Relation(String onnx, int opset) {
      this.onnx = onnx;
      this.opset = opset;
    }

    /** Whether it holds. */
    public boolean holds(double a, double b) {
      return switch (this) {
        case EQUAL -> a == b;
        case NOT_EQUAL -> a != b;
        case LESS -> a < b;
        case LESS_OR_EQUAL -> a <= b;
        case GREATER -> a > b;
        case GREATER_OR_EQUAL -> a >= b;
      };
    }

    /** As it is read: {@code not equal}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private static final OpSpec[] SPECS = new OpSpec[Relation.values().length];

  static {
    OpSpec spec = OpSpec.of("compare").operand("a", "...").operand("b", "...");
    for (Relation r : Relation.values()) {
      SPECS[r.ordinal()] = spec.onnx(r.onnx, r.opset);
    }
  }

  @Override
  public int of(Tensor a, int i, Tensor b, int j) {
    return relation.holds(a.get(i), b.get(j)) ? 1 : 0;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("relation", relation.name());
  }

  @Override
  public OpSpec spec() {
    return SPECS[relation.ordinal()];
  }
}
