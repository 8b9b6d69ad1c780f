package limbeck.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShapeTest {
  private static void assertSays(String message, int... axes) {
    assertEquals(message, assertThrows(ShapeException.class, () -> Shape.of(axes)).getMessage());
  }

  @Property
  void sizeIsTheProduct(@ForAll @Size(max = 5) List<@IntRange(max = 20) Integer> list) {
    int[] axes = list.stream().mapToInt(Integer::intValue).toArray();
    Shape shape = Shape.of(axes);
    int product = 1;
    for (int axis : axes) {
      product *= axis;
    }
    assertEquals(product, shape.size());
    assertEquals(product, shape.rows() * shape.last());
    assertArrayEquals(axes, shape.toArray());
    assertEquals(shape, Shape.of(axes.clone()));
    assertEquals(shape.hashCode(), Shape.of(axes.clone()).hashCode());
  }

  @Test
  void axesCountFromBothEnds() {
    Shape shape = Shape.of(2, 3, 5);
    assertEquals(3, shape.rank());
    assertEquals(5, shape.axis(-1));
    assertEquals(shape.axis(0), shape.axis(-3));
    assertEquals(Shape.of(2, 3, 7), shape.with(-1, 7));
    assertEquals(Shape.of(2, 3, 5), shape, "with changes nothing");
    assertNotEquals(Shape.of(3, 2, 5), shape);
    assertEquals("[2, 3, 5]", shape.toString());
  }

  @Test
  void aScalarHasOneElement() {
    assertEquals(1, Shape.SCALAR.size());
    assertEquals(1, Shape.SCALAR.last());
    assertEquals(1, Shape.of().rows());
  }

  @Test
  void whatCannotBeIsSaid() {
    assertSays("shape [2, -1] has a negative axis: -1", 2, -1);
    assertSays("shape [65536, 32768] has more than 2147483647 elements", 65536, 32768);
    assertEquals(0, Shape.of(65536, 32768, 0).size());
    assertEquals(Integer.MAX_VALUE, Shape.of(65536, 32768, 0).rows());
    assertEquals(0, Shape.of(65536, 0, 32768, 0).rows());
    assertEquals(Integer.MAX_VALUE, Shape.of(Integer.MAX_VALUE).size());
    assertThrows(ShapeException.class, () -> Shape.of(new int[Shape.MAX_AXES + 1]));
  }
}
