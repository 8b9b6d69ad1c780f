package limbeck.kd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DigitImageTest {
  private static final int SIDE = DigitImage.SIDE;

  /** An L in the form of MNIST: its centre of mass, 3.15 and 11.11, is at 14.15 and 14.11. */
  private static byte[] letter() {
    byte[] letter = new byte[SIDE * SIDE];
    for (int i = 0; i < letter.length; i++) {
      letter[i] = (byte) (inked(i % SIDE - 11, i / SIDE - 3) ? 255 : 0);
    }
    return letter;
  }

  /** A stem of 5 by 20 pixels and a foot of 5 by 3, at the origin. */
  private static boolean inked(int x, int y) {
    return x >= 0 && x < 10 && y >= (x < 5 ? 0 : 17) && y < 20;
  }

  /** The L anywhere on a page, {@code scale} times as large, in grey values of ground and ink. */
  private static Image page(int width, int height, int left, int top, int scale, int... greys) {
    byte[] samples = new byte[width * height];
    for (int i = 0; i < samples.length; i++) {
      int x = Math.floorDiv(i % width - left, scale);
      int y = Math.floorDiv(i / width - top, scale);
      samples[i] = (byte) greys[inked(x, y) ? 1 : 0];
    }
    return new Image(width, height, 1, samples);
  }

  @Test
  void aDigitInTheFormOfMnistStays() {
    assertArrayEquals(letter(), DigitImage.toDigit28(new Image(SIDE, SIDE, 1, letter())));
  }

  @Test
  void placeSizeGroundAndContrastDoNotMatter() {
    assertArrayEquals(letter(), DigitImage.toDigit28(page(100, 50, 70, 5, 1, 0, 255)));
    assertArrayEquals(letter(), DigitImage.toDigit28(page(300, 200, 10, 20, 7, 255, 0)));
    assertArrayEquals(letter(), DigitImage.toDigit28(page(90, 70, 33, 12, 2, 180, 90)));
    assertArrayEquals(letter(), DigitImage.toDigit28(page(40, 40, 3, 8, 1, 40, 90)));
  }

  @Test
  void faintUnevenGroundIsDropped() {
    Image page = page(60, 60, 20, 10, 2, 200, 20);
    for (int i = 0; i < page.samples().length; i++) {
      if (page.samples()[i] == (byte) 200) {
        page.samples()[i] = (byte) (195 + i * 7 % 11);
      }
    }
    assertArrayEquals(letter(), DigitImage.toDigit28(page));
  }

  @Test
  void coloursAndTransparencyBecomeInk() {
    Image grey = page(50, 50, 20, 10, 1, 0, 255);
    byte[] rgba = new byte[4 * 2500];
    byte[] blue = new byte[3 * 2500];
    for (int i = 0; i < 2500; i++) {
      boolean ink = grey.samples()[i] != 0;
      rgba[4 * i + 3] = (byte) (ink ? 255 : 0); // black on nothing
      blue[3 * i] = (byte) (ink ? 0 : 255);
      blue[3 * i + 1] = blue[3 * i];
      blue[3 * i + 2] = (byte) 255; // blue on white
    }
    assertArrayEquals(letter(), DigitImage.toDigit28(new Image(50, 50, 4, rgba)));
    assertArrayEquals(letter(), DigitImage.toDigit28(new Image(50, 50, 3, blue)));
  }

  /**
   * A triangle, point up: its mass lies low, so it moves up until the mass is central within half a
   * pixel.
   */
  @Test
  void centresByMass() {
    byte[] page = new byte[60 * 60];
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x <= y; x++) {
        page[(30 + y) * 60 + 35 - y / 2 + x] = (byte) 255;
      }
    }
    byte[] digit = DigitImage.toDigit28(new Image(60, 60, 1, page));
    double mass = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < digit.length; i++) {
      mass += digit[i] & 0xff;
      x += (digit[i] & 0xff) * (i % SIDE + 0.5);
      y += (digit[i] & 0xff) * (i / SIDE + 0.5);
    }
    assertEquals(14.5, x / mass, 0.5);
    assertEquals(14.5, y / mass, 0.5);
  }

  /**
   * Area averaging keeps the mean: three of four pixels of each 2 x 2 block inked gives 3/4 of the
   * peak.
   */
  @Test
  void shrinkingAveragesAreas() {
    byte[] page = new byte[64 * 64];
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 40; x++) {
        boolean hole = x < 20 && x % 2 == 0 && y % 2 == 1;
        page[(12 + y) * 64 + 12 + x] = (byte) (hole ? 0 : 200);
      }
    }
    byte[] digit = DigitImage.toDigit28(new Image(64, 64, 1, page));
    int row = 14 * SIDE;
    int first = 0;
    while (digit[row + first] == 0) {
      first++;
    }
    assertEquals(Math.round(255 * 0.75f), digit[row + first] & 0xff);
    assertEquals(255, digit[row + first + 19] & 0xff);
  }

  @Test
  void readsAsFractions() {
    float[] out = new float[2 + SIDE * SIDE];
    DigitImage.read(new Image(SIDE, SIDE, 1, letter()), out, 1);
    assertEquals(1f, out[1 + 14 * SIDE + 14]);
    assertEquals(0f, out[1]);
  }

  @Test
  void anEmptyPageIsAnError() {
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> DigitImage.toDigit28(new Image(9, 9, 1, new byte[81])))
            .getMessage();
    assertTrue(said.contains("shows no digit"), said);
    Image dot = page(30, 30, 5, 5, 1, 0, 255);
    assertEquals(SIDE * SIDE, DigitImage.toDigit28(dot).length);
    assertEquals(SIDE * SIDE, DigitImage.toDigit28(new Image(2, 1, 1, new byte[] {0, 90})).length);
  }
}
