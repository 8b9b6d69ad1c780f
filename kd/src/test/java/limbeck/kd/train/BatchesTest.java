package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.ImageDataset;
import limbeck.kd.data.RenderedDigits;
import limbeck.kd.data.TensorInputs;
import limbeck.kd.vision.Augmentations;
import limbeck.kd.vision.Mixup;
import org.junit.jupiter.api.Test;

/** What a batch holds depends on seed, epoch and example, not on the batch. */
class BatchesTest {
  private static final ImageDataset DIGITS = RenderedDigits.of(1, 50);
  private static final Augmentations SOME = Augmentations.of("flip,crop:4,cutout:8:0.5");

  /** All inputs of an epoch, by example, whose labels are those of the set. */
  private static Map<Integer, float[]> epoch(Batches batches, int epoch) {
    for (int b = 0; b < batches.perEpoch(); b++) {
      Batch batch = batches.get(epoch, b);
      for (int i = 0; i < batch.size(); i++) {
        assertEquals(DIGITS.label(batch.indices()[i]), (int) batch.labels().get(i));
      }
    }
    return inputs(batches, epoch);
  }

  private static Tensor x(Batch batch) {
    return ((TensorInputs) batch.inputs()).x();
  }

  private static Map<Integer, float[]> inputs(Batches batches, int epoch) {
    Map<Integer, float[]> inputs = new TreeMap<>();
    for (int b = 0; b < batches.perEpoch(); b++) {
      Batch batch = batches.get(epoch, b);
      float[] values = x(batch).floats();
      for (int i = 0; i < batch.size(); i++) {
        int from = x(batch).offset() + 784 * i;
        inputs.put(batch.indices()[i], Arrays.copyOfRange(values, from, from + 784));
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

  /** All targets of an epoch, by example. */
  private static Map<Integer, float[]> targets(Batches batches, int epoch) {
    Map<Integer, float[]> targets = new TreeMap<>();
    for (int b = 0; b < batches.perEpoch(); b++) {
      Batch batch = batches.get(epoch, b);
      assertTrue(batch.mixed());
      for (int i = 0; i < batch.size(); i++) {
        float[] row = new float[10];
        for (int c = 0; c < 10; c++) {
          row[c] = (float) batch.targets().get(10 * i + c);
        }
        targets.put(batch.indices()[i], row);
      }
    }
    return targets;
  }

  /** Each example, and its label, with its partner's, both changed as they are in this epoch. */
  @Test
  void mixedExamplesAreMixturesOfTheChangedOnesInAnyBatch() {
    Augmentations mixing = Augmentations.of("flip,crop:4,mixup:0.5");
    Mixup.Draws draws = new Mixup(0.5).on(7, 50);
    for (int epoch : new int[] {0, 3}) {
      Map<Integer, float[]> single =
          epoch(new Batches(DIGITS, 50, 7, Augmentations.of("flip,crop:4")), epoch);
      for (int size : new int[] {50, 16, 1}) {
        Map<Integer, float[]> inputs = inputs(new Batches(DIGITS, size, 7, mixing), epoch);
        Map<Integer, float[]> targets = targets(new Batches(DIGITS, size, 7, mixing), epoch);
        for (int i = 0; i < 50; i++) {
          int partner = draws.partner(epoch, i);
          float share = draws.share(epoch, i);
          float[] expected = single.get(i).clone();
          Mixup.mix(share, expected, 0, single.get(partner), 0, 784);
          assertArrayEquals(expected, inputs.get(i));
          float[] target = new float[10];
          Mixup.target(share, DIGITS.label(i), DIGITS.label(partner), 10, target, 0);
          assertArrayEquals(target, targets.get(i));
        }
      }
    }
  }

  private static double[] values(Tensor t) {
    return IntStream.range(0, t.size()).mapToDouble(t::get).toArray();
  }

  /** So one can be made while the one before is learnt from. */
  @Test
  void theBatchBeforeStaysAsItIs() {
    Batches batches = new Batches(DIGITS, 20, 7, Augmentations.of("crop:4,mixup:1"));
    Batch first = batches.get(0, 0);
    double[] inputs = values(x(first));
    double[] targets = values(first.targets());
    int[] indices = first.indices().clone();
    Batch second = batches.get(0, 1);
    assertArrayEquals(inputs, values(x(first)));
    assertArrayEquals(targets, values(first.targets()));
    assertArrayEquals(indices, first.indices());
    assertFalse(Arrays.equals(inputs, values(x(second))));
  }

  @Test
  void examplesThatAreNoImagesCanBeMixed() {
    Batches batches = new Batches(new Unshaped(DIGITS), 8, 7, Augmentations.of("mixup:1"));
    assertTrue(batches.get(0, 0).mixed());
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
