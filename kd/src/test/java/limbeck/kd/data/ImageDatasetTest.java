package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import limbeck.engine.tensor.Shape;
import org.junit.jupiter.api.Test;

class ImageDatasetTest {
  private static final List<String> ABC = List.of("a", "b", "c");

  /** Four images of 2 by 3 whose values count up from 0; labels 2 0 1 0. */
  private static ImageDataset four() {
    byte[] values = new byte[24];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (10 * i);
    }
    return new ImageDataset("four", 2, 3, 1, ABC, values, new int[] {2, 0, 1, 0});
  }

  @Test
  void readsBytesAsFractionsOf255() {
    float[] out = {-1, -1, -1, -1, -1, -1, -1, -1};
    four().read(3, out, 1);
    assertArrayEquals(
        new float[] {
          -1, 180 / 255f, 190 / 255f, 200 / 255f, 210 / 255f, 220 / 255f, 230 / 255f, -1
        },
        out);
    assertEquals(Shape.of(6), four().example());
  }

  @Test
  void subsetsShareNumberingOfClassesAndComposeInOrder() {
    ImageDataset picked = four().subset(new int[] {3, 0, 3}).subset(new int[] {1, 2});
    assertArrayEquals(new int[] {2, 0}, picked.labels());
    assertArrayEquals(four().bytes(0), picked.bytes(0));
    assertArrayEquals(four().bytes(3), picked.bytes(1));
    assertArrayEquals(new int[] {2, 0, 1}, four().slice(0, 3).labels());
    ImageDataset withoutA = four().ofClasses(1, 2);
    assertArrayEquals(new int[] {2, 1}, withoutA.labels());
    assertEquals(ABC, withoutA.classNames());
    assertArrayEquals(new int[] {0, 1, 1}, withoutA.classCounts());
  }

  @Test
  void aSetNarrowedToClassesNumbersThemAnew() {
    ImageDataset narrow = four().subset(new int[] {3, 2, 0}).narrowedTo(2, 0);
    assertEquals(List.of("c", "a"), narrow.classNames());
    assertArrayEquals(new int[] {1, 0}, narrow.labels());
    assertArrayEquals(four().bytes(3), narrow.bytes(0));
    assertArrayEquals(four().bytes(0), narrow.bytes(1));
    assertArrayEquals(new int[] {1}, narrow.ofClasses(1).labels());
    refuses("class 2 is named twice", () -> four().narrowedTo(2, 2));
    refuses("no class 5", () -> four().narrowedTo(5));
  }

  /** Images of 2 by 3 in 2 planes, counting up: element (y, x) goes to (x, y). */
  @Test
  void transposedImagesHaveRowsAndColumnsExchanged() {
    byte[] values = new byte[36];
    for (int i = 0; i < 36; i++) {
      values[i] = (byte) i;
    }
    ImageDataset images =
        new ImageDataset("x", 2, 3, 2, ABC, values, new int[] {0, 1, 2}).slice(1, 3);
    ImageDataset turned = images.transposed();
    assertEquals("x: 2 images of 2 x 3 x 2 in 3 classes", turned.toString());
    assertArrayEquals(new byte[] {12, 15, 13, 16, 14, 17, 18, 21, 19, 22, 20, 23}, turned.bytes(0));
    assertArrayEquals(images.labels(), turned.labels());
    assertEquals(images.digest(), turned.transposed().digest());
  }

  @Test
  void digestIsOfContentNotOfNameOrLayout() {
    ImageDataset whole = four();
    assertTrue(whole.digest().matches("[0-9a-f]{64}"));
    assertEquals(whole.digest(), four().named("other").digest());
    assertEquals(whole.slice(1, 3).digest(), whole.subset(new int[] {1, 2}).digest());
    byte[] two = new byte[12];
    System.arraycopy(whole.bytes(1), 0, two, 0, 6);
    System.arraycopy(whole.bytes(2), 0, two, 6, 6);
    assertEquals(
        new ImageDataset("copied", 2, 3, 1, ABC, two, new int[] {0, 1}).digest(),
        whole.slice(1, 3).digest());
  }

  @Test
  void digestSeesEveryPartOfTheContent() {
    byte[] values = new byte[6];
    byte[] other = {0, 0, 0, 0, 0, 1};
    int[] labels = {1};
    Set<String> digests = new HashSet<>();
    digests.add(new ImageDataset("", 2, 3, 1, ABC, values, labels).digest());
    digests.add(new ImageDataset("", 3, 2, 1, ABC, values, labels).digest());
    digests.add(new ImageDataset("", 1, 2, 3, ABC, values, labels).digest());
    digests.add(new ImageDataset("", 2, 3, 1, ABC, other, labels).digest());
    digests.add(new ImageDataset("", 2, 3, 1, ABC, values, new int[] {2}).digest());
    digests.add(new ImageDataset("", 2, 3, 1, List.of("a", "bc"), values, labels).digest());
    digests.add(new ImageDataset("", 2, 3, 1, List.of("ab", "c"), values, labels).digest());
    assertEquals(7, digests.size());
  }

  @Test
  void digestDependsOnOrder() {
    assertNotEquals(four().digest(), four().subset(new int[] {0, 1, 3, 2}).digest());
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    byte[] six = new byte[6];
    int[] label = {0};
    refuses("5 values", () -> new ImageDataset("x", 2, 3, 1, ABC, new byte[5], label));
    refuses("have no values", () -> new ImageDataset("x", 0, 3, 1, ABC, new byte[0], label));
    refuses("label 3 of image 0", () -> new ImageDataset("x", 2, 3, 1, ABC, six, new int[] {3}));
    refuses("label -1", () -> new ImageDataset("x", 2, 3, 1, ABC, six, new int[] {-1}));
    refuses("0 classes", () -> new ImageDataset("x", 2, 3, 1, List.of(), six, label));
    refuses("values are not", () -> new ImageDataset("x", 1 << 16, 1 << 16, 1, ABC, six, label));
    refuses("no class 3", () -> four().ofClasses(3));
    assertThrows(IndexOutOfBoundsException.class, () -> four().label(4));
    assertThrows(IndexOutOfBoundsException.class, () -> four().slice(0, 1).bytes(1));
    assertThrows(IndexOutOfBoundsException.class, () -> four().slice(2, 5));
    assertThrows(IndexOutOfBoundsException.class, () -> four().subset(new int[] {-1}));
  }

  private static void refuses(String message, Runnable action) {
    String said = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(said.contains(message), said);
  }
}
