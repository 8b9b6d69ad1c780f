package example;

import limbeck.engine.arbitrary.Arbitraries;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A property of the op, on shapes and numbers from Limbeck's generators. */
class CubeTest {
  @Provide
  Arbitrary<Tensor> tensors() {
    return Arbitraries.tensors(DType.F32, Arbitraries.shapes(0, 3, 100), Arbitraries.extremes());
  }

  /** (−x)³ = −x³, to the bit. */
  @Property(tries = 200)
  boolean isOdd(@ForAll("tensors") Tensor x) {
    Tensor minus = x.own();
    for (int i = 0; i < x.size(); i++) {
      minus.set(i, -x.get(i));
    }
    Tensor y = Tensor.zeros(DType.F32, x.shape());
    Tensor z = Tensor.zeros(DType.F32, x.shape());
    new Cube().forward(new OpContext(), new Tensor[] {x}, y);
    new Cube().forward(new OpContext(), new Tensor[] {minus}, z);
    boolean same = true;
    for (int i = 0; i < x.size(); i++) {
      same &= Double.doubleToLongBits(y.get(i)) == Double.doubleToLongBits(-z.get(i));
    }
    return same;
  }
}
