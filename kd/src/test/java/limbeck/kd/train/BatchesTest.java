package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import limbeck.kd.Batch;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.ImageDataset;
import limbeck.kd.data.RenderedDigits;
import limbeck.kd.vision.Augmentations;
import org.junit.jupiter.api.Test;

/** What a batch holds depends on seed, epoch and example, not on the batch. */
class BatchesTest {
  private static final ImageDataset DIGITS = RenderedDigits.of(1, 50);
  private static final Augmentations SOME = Augmentations.of("flip,crop:4,cutout:8:0.5");

  /** All inputs of an epoch, by example. */
  private static Map<Integer, float[]> epoch(Batches batches, int epoch) {
    Map<Integer, float[]> inputs = new TreeMap<>();
    for (int b = 0; b < batches.perEpoch(); b++) {
      Batch batch = batches.get(epoch, b);
      float[] values = batch.x().floats();
      for (int i = 0; i < batch.size(); i++) {
        int from = batch.x().offset() + 784 * i;
        inputs.put(batch.indices()[i], Arrays.copyOfRange(values, from, from + 784));
        assertEquals(DIGITS.label(batch.indices()[i]), (int) batch.labels().get(i));
      }
    }
    return inputs;
  }

  @Test
  void augmentedExamplesAreTheSameInAnyBatch() {
    for (int epoch : new int[] {0, 3}) {
      Map<Integer, float[]> whole = epoch(new Batches(DIGITS, 50, 7, SOME), epoch);
      assertEquals(50, whole.size());
      for (int size : new int[] {1, 7, 16}) {
        Map<Integer, float[]> parts = epoch(new Batches(DIGITS, size, 7, SOME), epoch);
        whole.forEach((example, values) -> assertArrayEquals(values, parts.get(example)));
      }
    }
  }

  @Test
  void withoutAugmentationExamplesAreThoseOfTheSet() {
    float[] image = new float[784];
    epoch(new Batches(DIGITS, 8, 7, Augmentations.NONE), 1)
        .forEach(
            (example, values) -> {
              DIGITS.read(example, image, 0);
              assertArrayEquals(image, values);
            });
  }

  @Test
  void onlyImagesCanBeAugmented() {
    Dataset rows = new Unshaped(DIGITS);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Batches(rows, 8, 7, SOME));
    assertEquals(
        DIGITS.name() + ": only images can be changed by flip,crop:4,cutout:8:0.5", e.getMessage());
  }
}
