package limbeck.engine.op.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import limbeck.engine.law.Applied;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Ops on small arrays, and the vectors that published and derived values belong to. */
final class Golden {
  /** Teacher, student, and the second row of a batch of both. */
  static final double[] V = {4, 1, -2, 0.5};

  static final double[] Z = {1, 2, 0, -1};
  static final double[] V2 = {0, 3, 1, 0};
  static final double[] Z2 = {0.5, 1, 1, 0};

  private Golden() {}

  /** Result and gradients of one op. */
  record Outcome(Tensor out, Tensor[] gradIn) {
    double value() {
      return out.get(0);
    }
  }

  static Tensor rows(DType type, double[]... rows) {
    Tensor t = Tensor.zeros(type, Shape.of(rows.length, rows[0].length));
    for (int i = 0; i < t.size(); i++) {
      t.set(i, rows[i / rows[0].length][i % rows[0].length]);
    }
    return t;
  }

  static Tensor labels(int... labels) {
    return Tensor.of(Shape.of(labels.length), labels);
  }

  static Outcome run(Op op, Tensor... in) {
    Applied applied = Applied.of(op, in);
    Tensor gradOut = Tensor.zeros(in[0].dtype(), applied.out().shape());
    gradOut.fill(1);
    return new Outcome(applied.out(), applied.gradients(gradOut));
  }

  /** The values are printed with nine decimals; float32 keeps five digits of them. */
  static void assertClose(double expected, double actual, DType type, String what) {
    double tolerance = type == DType.F64 ? 1e-8 : 2e-5 * Math.max(Math.abs(expected), 0.01);
    assertEquals(expected, actual, tolerance, what + " in " + type);
  }

  static void assertClose(double[] expected, Tensor actual, String what) {
    for (int i = 0; i < expected.length; i++) {
      assertClose(expected[i], actual.get(i), actual.dtype(), what + "[" + i + "]");
    }
  }
}
