package limbeck.engine.op.index;

import java.util.Locale;
import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.OperandType;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Arithmetic and logic of integers, element by element with broadcasting. Sums, differences and
 * products wrap around at 32 bits, as Java's do; {@code AND}, {@code OR} and {@code XOR} work bit
 * by bit, which for 0 and 1 is logic.
 *
 * @param operation what is done
 */
public record IntegerMath(Operation operation) implements BroadcastIndexOp {
  /** What may be done with two integers. */
  public enum Operation {
    /** a + b. */
    ADD("Add", 14),
    /** a − b. */
    SUB("Sub", 14),
    /** a · b. */
    MUL("Mul", 14),
    /** a / b, cut off towards 0. */
    DIV("Div", 14),
    /** What {@link #DIV} leaves: with the sign of a. */
    REMAINDER("Mod", 13),
    /** What division rounded down leaves: with the sign of b. */
    MODULO("Mod", 13),
    /** The smaller one. */
    MIN("Min", 13),
    /** The larger one. */
    MAX("Max", 13),
    /** Both. */
    AND("And", 7),
    /** One at least. */
    OR("Or", 7),
    /** Exactly one. */
    XOR("Xor", 7);

    private final String onnx;
    private final int opset;

    Operation(String onnx, int opset) {
      this.onnx = onnx;
      this.opset = opset;
    }

    /** Whether the second operand must not be 0. */
    boolean divides() {
      return this == DIV || this == REMAINDER || this == MODULO;
    }

    /** The result for two integers. */
    public int of(int a, int b) {
      return switch (this) {
        case ADD -> a + b;
        case SUB -> a - b;
        case MUL -> a * b;
        case DIV -> a / b;
        case REMAINDER -> a % b;
        case MODULO -> Math.floorMod(a, b);
        case MIN -> Math.min(a, b);
        case MAX -> Math.max(a, b);
        case AND -> a & b;
        case OR -> a | b;
        case XOR -> a ^ b;
      };
    }

    /** As it is read: {@code modulo}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final OpSpec[] SPECS = new OpSpec[Operation.values().length];

  static {
    OpSpec spec = OpSpec.of("integerMath").operand("a", "...").operand("b", "...");
    for (Operation o : Operation.values()) {
      SPECS[o.ordinal()] = spec.onnx(o.onnx, o.opset);
    }
  }

  @Override
  public OperandType operandType(int k) {
    return OperandType.INTEGERS;
  }

  /**
   * Computes.
   *
   * @throws ShapeException if it is a division and an element of b is 0
   */
  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    spec().requireType(0, in[0], DType.I32);
    spec().requireType(1, in[1], DType.I32);
    if (operation.divides()) {
      requireNonZero(in[1]);
    }
    BroadcastIndexOp.super.forward(c, in, out);
  }

  private void requireNonZero(Tensor b) {
    for (int i = 0; i < b.size(); i++) {
      if (b.ints()[b.offset() + i] == 0) {
        String divisor = spec().describe(1, b.shape());
        throw new ShapeException(
            "integerMath: " + operation + " by " + divisor + ", whose element " + i + " is 0");
      }
    }
  }

  @Override
  public int of(Tensor a, int i, Tensor b, int j) {
    return operation.of(a.ints()[a.offset() + i], b.ints()[b.offset() + j]);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("operation", operation.name());
  }

  @Override
  public OpSpec spec() {
    return SPECS[operation.ordinal()];
  }
}
