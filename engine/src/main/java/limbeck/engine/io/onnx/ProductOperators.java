package limbeck.engine.io.onnx;

import java.util.Map;
import limbeck.engine.op.Add;
import limbeck.engine.op.Linear;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Scale;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Matrix products. */
final class ProductOperators {
  private ProductOperators() {}

  static void addTo(Map<String, Operator> table) {
    Operator.add(table, "MatMul", ProductOperators::matMul);
    Operator.add(table, "Gemm", ProductOperators::gemm);
  }

  /** Vectors are matrices of one row or column, whose axis is gone afterwards. */
  private static Value matMul(Call c) {
    Value a = c.in(0);
    Value b = c.in(1);
    boolean row = a.rank() == 1;
    boolean column = b.rank() == 1;
    Value left = row ? ShapeOperators.unsqueeze(c, a, 0) : a;
    Value right = column ? ShapeOperators.unsqueeze(c, b, 1) : b;
    Value y = c.emit(new MatMul(), left, right);
    if (!row && !column) {
      return y;
    }
    return c.to()
        .reshape(
            y,
            c.shapes(
                s -> {
                  int[] axes = y.shape(s).toArray();
                  int n = 0;
                  for (int i = 0; i < axes.length; i++) {
                    boolean gone = row && i == axes.length - 2 || column && i == axes.length - 1;
                    axes[n] = axes[i];
                    n += gone ? 0 : 1;
                  }
                  return Shape.of(java.util.Arrays.copyOf(axes, n));
                }));
  }

  /** α·op(A)·op(B) + β·C; a layer's affine map where it is one. */
  private static Value gemm(Call c) {
    boolean transA = c.flag("transA", false);
    boolean transB = c.flag("transB", false);
    double alpha = c.number("alpha", 1);
    double beta = c.number("beta", 1);
    Value a = c.in(0);
    Value b = c.in(1);
    int columns = b.shape(0).axis(transB ? 0 : 1);
    boolean bias =
        !c.has(2) || c.in(2).rank() == 1 && c.in(2).isFixed() && c.in(2).shape(0).last() == columns;
    if (!transA && alpha == 1 && (beta == 1 || !c.has(2)) && bias && b.isConstant()) {
      Value w = transB ? b : LayoutOperators.permute(c, b, 1, 0);
      Tensor none = Tensor.zeros(DType.F32, KnownLimits.small(Shape.of(columns)));
      Value add = c.has(2) ? c.in(2) : c.to().constant(OnnxType.FLOAT, none);
      return c.emit(new Linear(), a, w, add);
    }
    Value y = c.emit(new MatMul(transA, transB), a, b);
    y = alpha == 1 ? y : c.emit(new Scale(alpha), y);
    if (!c.has(2)) {
      return y;
    }
    Value add = beta == 1 ? c.in(2) : c.emit(new Scale(beta), c.in(2));
    return c.emit(new Add(), y, add);
  }
}
