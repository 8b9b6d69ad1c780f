package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.kernel.composite.Window;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Positions of a window, counted. */
class WindowTest {
  @Property(edgeCases = EdgeCasesMode.NONE)
  void positions(
      @ForAll @IntRange(min = 1, max = 6) int size,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(max = 3) int padding,
      @ForAll @IntRange(min = 1, max = 4) int dilation,
      @ForAll @IntRange(max = 40) int length) {
    Window window = new Window(size, stride, padding, dilation);
    int count = 0;
    int last = 0;
    for (int start = 0; start + (size - 1) * dilation < length + 2 * padding; start += stride) {
      count++;
      last = start + (size - 1) * dilation;
    }
    assertEquals(count, window.positions(length));
    assertEquals(count == 0 ? 0 : last + 1, count == 0 ? 0 : window.span(count));
  }

  @Test
  void changesOneSetting() {
    Window window = Window.of(3).withStride(2).withPadding(1).withDilation(4);
    assertEquals(new Window(3, 2, 1, 4), window);
    assertEquals(9, window.reach());
    assertTrue(Window.ONE.isIdentity());
    assertFalse(Window.ONE.withStride(2).isIdentity());
    assertFalse(Window.ONE.withPadding(1).isIdentity());
  }

  @Test
  void namesWhatIsOutOfRange() {
    var e = assertThrows(IllegalArgumentException.class, () -> Window.of(3).withStride(0));
    assertEquals(
        "window of size 3, stride 0, padding 0, dilation 1: 1 at least, padding 0 at least, and at"
            + " most 32768",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Window.of(40_000));
  }
}
