package limbeck.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Data for tests, comparison bit for bit, and gradients given instead of computed. */
public final class Numbers {
  /** Unit roundoff of float: half the distance from 1 to the next. */
  public static final double U = 0x1p-24;

  private Numbers() {}

  /** Standard normal numbers: a function of stream and index. */
  public static Tensor normal(DType type, long stream, int... axes) {
    Tensor t = Tensor.zeros(type, Shape.of(axes));
    Philox random = new Philox(20, stream);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, (float) random.normal(i)); // the same numbers in both types
    }
    return t;
  }

  /** Standard normal floats. */
  public static Tensor normal(long stream, int... axes) {
    return normal(DType.F32, stream, axes);
  }

  /** Labels from 0 to {@code classes - 1}. */
  public static Tensor labels(long stream, int n, int classes) {
    int[] labels = new int[n];
    Philox random = new Philox(21, stream);
    for (int i = 0; i < n; i++) {
      labels[i] = random.below(i, classes);
    }
    return Tensor.of(Shape.of(n), labels);
  }

  /** Requires the same type, shape and bits; all NaN are alike. */
  public static void assertSameBits(Tensor expected, Tensor actual, String what) {
    assertEquals(expected.dtype(), actual.dtype(), what);
    assertEquals(expected.shape(), actual.shape(), what);
    for (int i = 0; i < expected.size(); i++) {
      long e = Double.doubleToLongBits(expected.get(i));
      long a = Double.doubleToLongBits(actual.get(i));
      if (e != a) {
        assertEquals(
            expected.get(i), actual.get(i), what + ", element " + i + " of " + expected.shape());
      }
    }
  }

  /** Requires the same names in the same order, and the same bits. */
  public static void assertSameBits(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet().stream().toList(), actual.keySet().stream().toList());
    expected.forEach((name, t) -> assertSameBits(t, actual.get(name), name));
  }

  /** A copy that nothing else writes to. */
  public static Map<String, Tensor> copy(Map<String, Tensor> tensors) {
    Map<String, Tensor> copy = new LinkedHashMap<>();
    tensors.forEach((name, t) -> copy.put(name, t.own()));
    return copy;
  }

  /** Gives a parameter a gradient, as backward would. */
  public static void giveGradient(Parameter p, Tensor gradient) {
    Tensor slot = p.newGradient(null);
    slot.copyFrom(gradient);
    p.setGradient(slot);
  }
}
