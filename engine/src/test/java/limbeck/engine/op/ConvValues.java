package limbeck.engine.op;

import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpValues;

/**
 * The tensors of a convolution, by the roles that they have in {@link NaiveConv}: operands x, w and
 * bias, the gradient of y.
 */
interface ConvValues {
  /** The shape of operand {@code k}. */
  Shape shape(int k);

  /** The shape of y. */
  Shape shape();

  /** Element {@code i} of operand {@code k}. */
  double in(int k, int i);

  /** Element {@code i} of dy. */
  double gradOut(int i);

  /** Those of a convolution. */
  static ConvValues of(OpValues v) {
    return new ConvValues() {
      @Override
      public Shape shape(int k) {
        return v.shape(k);
      }

      @Override
      public Shape shape() {
        return v.shape();
      }

      @Override
      public double in(int k, int i) {
        return v.in(k, i);
      }

      @Override
      public double gradOut(int i) {
        return v.gradOut(i);
      }
    };
  }

  /** Those of a transposed one, whose x is the gradient of y, and whose y is that of x. */
  static ConvValues transposed(OpValues v) {
    return new ConvValues() {
      @Override
      public Shape shape(int k) {
        return k == 0 ? v.shape() : v.shape(k);
      }

      @Override
      public Shape shape() {
        return v.shape(0);
      }

      @Override
      public double in(int k, int i) {
        return k == 0 ? v.gradOut(i) : v.in(k, i);
      }

      @Override
      public double gradOut(int i) {
        return v.in(0, i);
      }
    };
  }
}
