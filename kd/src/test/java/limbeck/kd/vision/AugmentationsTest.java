package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import limbeck.engine.exec.Workers;
import org.junit.jupiter.api.Test;

/** What all augmentations promise, and the texts that name them. */
class AugmentationsTest {
  private static final ImageShape COLOUR = new ImageShape(3, 9, 8);
  private static final String ALL =
      "flip,crop:3,colour:0.4:0.3:0.2,affine:15.0:0.1:0.1:2.0,cutout:5:0.5";
  private static final List<String> EACH =
      List.of("flip", "crop:3", "colour:0.4:0.3:0.2", "affine:15:0.1:0.1:2", "cutout:5", ALL);

  private static float[] noise(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(256) / 255f;
    }
    return values;
  }

  private static float[] changed(Augment augment, int epoch, int example, float[] image) {
    float[] out = new float[image.length];
    augment.apply(epoch, example, image, 0, out, 0);
    return out;
  }

  @Test
  void textsAreReadAndWritten() {
    assertEquals(ALL, Augmentations.of(ALL).toString());
    assertEquals(5, Augmentations.of(ALL).list().size());
    assertEquals(
        List.of(new Flip(), new Crop(4), new Cutout(8)),
        Augmentations.of(" flip, crop:4 ,cutout:8 ").list());
    assertEquals("none", Augmentations.of("").toString());
    assertTrue(Augmentations.of("none").isNone());
  }

  @Test
  void mixtureComesLast() {
    Augmentations mixed = Augmentations.of("flip, mixup:0.2");
    assertEquals(new Mixup(0.2), mixed.mixup());
    assertEquals(List.of(new Flip()), mixed.list());
    assertEquals("flip,mixup:0.2", mixed.toString());
    assertEquals(mixed, Augmentations.of(mixed.toString()));
    Augmentations alone = Augmentations.of("mixup:1");
    assertEquals("mixup:1.0", alone.toString());
    assertEquals(false, alone.isNone());
    float[] image = noise(COLOUR.values(), 1);
    assertArrayEquals(image, changed(alone.on(5, COLOUR), 0, 0, image));
    String last = "\": mixup comes last, as it mixes images that are changed";
    assertRefused("mixup:0.2,flip", "augmentation \"mixup:0.2,flip" + last);
    assertRefused("mixup:0.2,mixup:0.2", "augmentation \"mixup:0.2,mixup:0.2" + last);
    assertRefused("mixup", "augmentation \"mixup\": mixup:ALPHA expected");
    assertRefused("mixup:0", "mixup: alpha from 0.01 to 100 expected, was 0.0");
  }

  private static void assertRefused(String text, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Augmentations.of(text));
    assertEquals(message, e.getMessage());
  }

  @Test
  void wrongTextsAreExplained() {
    assertRefused(
        "flip,cutoff:8",
        "no augmentation \"cutoff:8\"; there are flip, crop:PIXELS, cutout:SIDE[:FILL],"
            + " colour:BRIGHTNESS:CONTRAST:SATURATION, affine:DEGREES:SCALE:SHEAR:SHIFT,"
            + " mixup:ALPHA; did you mean \"cutout\"?");
    assertRefused("crop", "augmentation \"crop\": crop:PIXELS expected");
    assertRefused("crop:4:4", "augmentation \"crop:4:4\": crop:PIXELS expected");
    assertRefused("crop:-1", "augmentation \"crop:-1\": crop:PIXELS expected");
    assertRefused("flip:1", "augmentation \"flip:1\": flip expected");
    assertRefused("cutout:2:NaN", "augmentation \"cutout:2:NaN\": cutout:SIDE[:FILL] expected");
    assertRefused(
        "cutout:2:3", "cutout:2:3.0: a side of 0 or more and a fill from 0 to 1 expected");
    assertRefused("colour:0.1:2:0", "colour:0.1:2.0:0.0: strengths from 0 to 1 expected");
    assertRefused(
        "flip,crop:1,flip",
        "augmentation \"flip,crop:1,flip\": flip is of a kind that is there already");
    assertRefused("flip,,crop:1", expectedOf(""));
  }

  private static String expectedOf(String text) {
    return "no augmentation \""
        + text
        + "\"; there are flip, crop:PIXELS, cutout:SIDE[:FILL],"
        + " colour:BRIGHTNESS:CONTRAST:SATURATION, affine:DEGREES:SCALE:SHEAR:SHIFT, mixup:ALPHA";
  }

  /** Student and teacher, made apart, see the same view; so does whoever comes later. */
  @Test
  void aViewIsAFunctionOfSeedEpochAndExample() {
    float[] image = noise(COLOUR.values(), 1);
    for (String text : EACH) {
      Augment one = Augmentations.of(text).on(5, COLOUR);
      Augment other = Augmentations.of(text).on(5, COLOUR);
      Augment anotherSeed = Augmentations.of(text).on(6, COLOUR);
      int[] same = new int[3];
      for (int i = 0; i < 200; i++) {
        float[] view = changed(one, 3, i, image);
        assertArrayEquals(view, changed(other, 3, i, image));
        same[0] += Arrays.equals(view, changed(one, 4, i, image)) ? 1 : 0;
        same[1] += Arrays.equals(view, changed(one, 3, i + 1, image)) ? 1 : 0;
        same[2] += Arrays.equals(view, changed(anotherSeed, 3, i, image)) ? 1 : 0;
      }
      // flips, the least of them, agree in half of all cases: 100, standard deviation 7.1
      for (int n : same) {
        assertTrue(n < 130, text + " " + Arrays.toString(same));
      }
    }
  }

  @Test
  void threadsAndOrderDoNotShow() {
    float[] image = noise(COLOUR.values(), 2);
    Augment augment = Augmentations.of(ALL).on(9, COLOUR);
    float[][] forwards = new float[64][];
    for (int i = 0; i < 64; i++) {
      forwards[i] = changed(augment, 1, i, image);
    }
    float[][] parallel = new float[64][];
    try (Workers workers = Workers.of(4)) {
      workers.forEach(
          64,
          1,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              parallel[i] = changed(augment, 1, i, image);
            }
          });
    }
    for (int i = 63; i >= 0; i--) {
      assertArrayEquals(forwards[i], parallel[i]);
      assertArrayEquals(forwards[i], changed(augment, 1, i, image));
    }
  }

  @Test
  void inPlaceIsTheSameAndNothingElseIsTouched() {
    int n = COLOUR.values();
    for (String text : EACH) {
      Augment augment = Augmentations.of(text).on(5, COLOUR);
      for (int i = 0; i < 20; i++) {
        float[] image = noise(n + 5, i);
        float[] out = image.clone();
        augment.apply(0, i, image, 2, out, 2);
        float[] kept = image.clone();
        augment.apply(0, i, image, 2, image, 2);
        assertArrayEquals(out, image, text);
        assertEquals(kept[1], image[1]);
        assertEquals(kept[n + 2], image[n + 2]);
      }
    }
  }

  @Test
  void identitySettingsChangeNoBit() {
    float[] image = noise(COLOUR.values(), 4);
    for (String text : List.of("none", "crop:0", "cutout:0", "colour:0:0:0", "affine:0:0:0:0")) {
      Augment augment = Augmentations.of(text).on(5, COLOUR);
      for (int i = 0; i < 50; i++) {
        assertArrayEquals(image, changed(augment, 0, i, image), text);
      }
    }
  }

  @Test
  void severalAreAppliedInTheirOrder() {
    float[] image = noise(COLOUR.values(), 4);
    Augment both = Augmentations.of("crop:2,cutout:4:1").on(5, COLOUR);
    Augment crop = new Crop(2).on(5, COLOUR);
    Augment cutout = new Cutout(4, 1).on(5, COLOUR);
    float[] expected = changed(cutout, 2, 7, changed(crop, 2, 7, image));
    assertArrayEquals(expected, changed(both, 2, 7, image));
  }

  @Test
  void imagesThatDoNotFitAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Augmentations.of("crop:8").on(1, COLOUR));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Augmentations.of("colour:0.1:0:0").on(1, new ImageShape(2, 5, 5)));
    assertEquals(
        "colour:0.1:0.0:0.0: images of 2 x 5 x 5 are neither grey nor red, green and blue",
        e.getMessage());
  }

  /** Of 20,000 images half are mirrored: 10,000, standard deviation 70.7; 4 of them are 283. */
  @Test
  void everySecondImageIsMirrored() {
    ImageShape row = new ImageShape(1, 1, 2);
    Augment flip = new Flip().on(3, row);
    int mirrored = 0;
    for (int i = 0; i < 20_000; i++) {
      mirrored += changed(flip, i / 5000, i, new float[] {0, 1})[0] == 1 ? 1 : 0;
    }
    assertTrue(Math.abs(mirrored - 10_000) < 283, mirrored + " of 20,000");
  }

  @Test
  void aMirroredImageHasItsRowsReversed() {
    float[] image = noise(COLOUR.values(), 8);
    Augment flip = new Flip().on(3, COLOUR);
    int mirrored = 0;
    for (int i = 0; i < 40; i++) {
      float[] out = changed(flip, 0, i, image);
      if (!Arrays.equals(out, image)) {
        mirrored++;
        for (int k = 0; k < image.length; k++) {
          assertEquals(image[k / 8 * 8 + 7 - k % 8], out[k]);
        }
      }
    }
    assertTrue(mirrored > 5, mirrored + " of 40");
  }
}
