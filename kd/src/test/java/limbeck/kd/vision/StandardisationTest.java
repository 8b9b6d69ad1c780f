package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.kd.data.ImageDataset;
import org.junit.jupiter.api.Test;

class StandardisationTest {
  /** Two images of two channels with two pixels each. */
  private static ImageDataset images(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    int n = values.length / 4;
    return new ImageDataset("four", 1, 2, 2, List.of("a", "b"), bytes, new int[n]);
  }

  @Test
  void channelsAreMeasuredByThemselves() {
    Standardisation s = Standardisation.of(images(0, 255, 7, 7, 255, 0, 7, 7));
    assertEquals(List.of(0.5, 7 / 255.0), s.mean());
    assertEquals(List.of(0.5, 1.0), s.deviation());
    Standardisation other = Standardisation.of(images(10, 20, 0, 200, 30, 40, 0, 200));
    assertEquals(25 / 255.0, other.mean().get(0), 1e-15);
    assertEquals(Math.sqrt(125) / 255, other.deviation().get(0), 1e-15);
    assertEquals(100 / 255.0, other.deviation().get(1), 1e-15);
  }

  @Test
  void noImagesHaveNoMean() {
    ImageDataset none = images(1, 2, 3, 4).slice(0, 0);
    String message =
        assertThrows(IllegalArgumentException.class, () -> Standardisation.of(none)).getMessage();
    assertEquals("standardisation: four has no images", message);
  }

  @Test
  void numbersMustFit() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new Standardisation(List.of(0.5), List.of(0.0)))
            .getMessage();
    assertTrue(message.contains("deviations [0.0]"), message);
    assertThrows(
        IllegalArgumentException.class, () -> new Standardisation(List.of(0.5), List.of()));
  }
}
