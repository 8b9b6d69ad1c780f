package limbeck.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTest {
  private static Tensor counting(DType type, int... axes) {
    Tensor t = Tensor.zeros(type, Shape.of(axes));
    for (int i = 0; i < t.size(); i++) {
      t.set(i, i);
    }
    return t;
  }

  private static void assertSays(String message, Runnable wrong) {
    assertEquals(message, assertThrows(ShapeException.class, wrong::run).getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void viewsShareTheirElements(DType type) {
    Tensor t = counting(type, 4, 3);
    Tensor middle = t.slice(1, 3);
    assertEquals(Shape.of(2, 3), middle.shape());
    assertEquals(3, middle.get(0));
    middle.reshape(Shape.of(6)).set(5, 77);
    assertEquals(77, t.get(8));
    middle.fill(5);
    assertEquals(2, t.get(2));
    assertEquals(5, t.get(3));
    assertEquals(9, t.get(9));
  }

  @ParameterizedTest
  @EnumSource
  void copiesDoNot(DType type) {
    Tensor t = counting(type, 4, 3);
    Tensor copy = t.slice(2, 4).own();
    t.fill(0);
    assertEquals(6, copy.get(0));
    assertEquals(0, copy.offset());
    t.slice(0, 2).copyFrom(copy);
    assertEquals(11, t.get(5));
    assertEquals(0, t.get(6));
  }

  @Test
  void arraysAreNotCopied() {
    float[] array = {1, 2, 3, 4};
    assertSame(array, Tensor.of(Shape.of(2, 2), array).floats());
    Tensor view = Tensor.view(array, 1, Shape.of(3));
    view.set(0, 9);
    assertArrayEquals(new float[] {1, 9, 3, 4}, array);
    assertEquals(null, view.doubles());
  }

  @Test
  void typesAreConverted() {
    Tensor t = Tensor.of(Shape.of(3), 1.9, -1.9, 0.1);
    assertArrayEquals(new int[] {1, -1, 0}, t.to(DType.I32).ints());
    assertArrayEquals(new float[] {1.9f, -1.9f, 0.1f}, t.to(DType.F32).floats());
  }

  @Test
  void whatDoesNotFitIsSaid() {
    Tensor t = counting(DType.F32, 4, 3);
    assertSays("slice: entries 2 to 5 of [4, 3]", () -> t.slice(2, 5));
    assertSays("slice: entries 3 to 2 of [4, 3]", () -> t.slice(3, 2));
    assertSays(
        "slice: entries 0 to 1 of []", () -> Tensor.zeros(DType.F32, Shape.SCALAR).slice(0, 1));
    assertSays("reshape: [4, 3] has 12 elements, [5, 2] has 10", () -> t.reshape(Shape.of(5, 2)));
    assertSays(
        "copy: F64[4, 3] into F32[4, 3]", () -> t.copyFrom(Tensor.zeros(DType.F64, t.shape())));
    assertThrows(ShapeException.class, () -> Tensor.view(new float[5], 3, Shape.of(3)));
    assertThrows(ShapeException.class, () -> Tensor.view(new float[5], -1, Shape.of(3)));
    assertThrows(IndexOutOfBoundsException.class, () -> t.slice(0, 2).get(6));
    assertThrows(IndexOutOfBoundsException.class, () -> t.set(-1, 0));
  }
}
