package limbeck.engine.op.index;

import java.util.Locale;
import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Blocks;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Comparison of two tensors, element by element with broadcasting: 1 where the relation holds, 0
 * where it does not. NaN differs from everything and is in no other relation.
 *
 * @param relation what is asked
 */
public record Compare(Relation relation) implements IndexOp {
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
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    return spec().broadcast(in[0], in[1]);
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    if (out.size() > 0) {
      c.forward(this, out.shape().rows(), 2L * out.shape().last(), in, out);
    }
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Tensor a = in[0];
    Tensor b = in[1];
    int n = out.shape().last();
    int aStep = a.shape().last() == n ? 1 : 0;
    int bStep = b.shape().last() == n ? 1 : 0;
    for (int row = from; row < to; row++) {
      int i = start(a.shape(), out.shape(), row);
      int j = start(b.shape(), out.shape(), row);
      int y = out.offset() + row * n;
      for (int t = 0; t < n; t++) {
        boolean holds = relation.holds(a.get(i + t * aStep), b.get(j + t * bStep));
        out.ints()[y + t] = holds ? 1 : 0;
      }
    }
  }

  /** Where the row of an operand begins that stands at row {@code row} of the result. */
  static int start(Shape operand, Shape result, int row) {
    return Blocks.index(operand, result, 1, row) * operand.last();
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
