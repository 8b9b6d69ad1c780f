package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import limbeck.autograd.Var;
import limbeck.autograd.module.AvgPool2d;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Maps brought to one size. */
class EqualMapsTest {
  private static double[] values(Var v) {
    return v.value().own().doubles();
  }

  @Test
  void equalSizesAndRowsStayAsTheyAre() {
    Var a = Var.of(FeatureLoss.normal(1, 2, 3, 4, 5));
    Var b = Var.of(FeatureLoss.normal(2, 2, 7, 4, 5));
    assertSame(a, EqualMaps.of(a, b).first());
    assertSame(b, EqualMaps.of(a, b).second());
    Var row = Var.of(FeatureLoss.normal(3, 2, 9));
    assertSame(row, EqualMaps.of(row, row).second());
  }

  @Test
  void multiplesArePooledByWindowsSideBySide() {
    Tensor large = FeatureLoss.normal(1, 2, 3, 6, 4);
    Var small = Var.of(FeatureLoss.normal(2, 2, 5, 3, 2));
    EqualMaps maps = EqualMaps.of(Var.of(large), small);
    double[] expected = new AvgPool2d(2).infer(large, new OpContext()).own().doubles();
    assertArrayEquals(expected, values(maps.first()), 1e-15);
    assertSame(small, maps.second());
  }

  /** Of 5 elements to 3: windows 0–1, 1–3 and 3–4. */
  @Test
  void otherSizesByWindowsThatOverlap() {
    Var row = Var.of(FeatureLoss.tensor(Shape.of(1, 1, 1, 5), 1, 2, 3, 7, 10));
    Var three = Var.of(FeatureLoss.normal(2, 1, 1, 1, 3));
    assertArrayEquals(new double[] {1.5, 4, 8.5}, values(EqualMaps.of(row, three).first()), 1e-15);
  }

  @Test
  void eachAxisTakesTheSmallerOfTheTwo() {
    Var high = Var.of(FeatureLoss.normal(1, 2, 3, 6, 2));
    Var wide = Var.of(FeatureLoss.normal(2, 2, 4, 3, 8));
    assertEquals(Shape.of(2, 3, 3, 2), EqualMaps.of(high, wide).first().shape());
    assertEquals(Shape.of(2, 4, 3, 2), EqualMaps.of(high, wide).second().shape());
  }
}
