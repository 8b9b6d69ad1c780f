package limbeck.kd.train;

import java.util.ArrayList;
import java.util.List;
import limbeck.kd.Batch;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.Order;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Stage;
import limbeck.kd.vision.Augmentation;
import limbeck.kd.vision.Augmentations;
import limbeck.kd.vision.Crop;

/**
 * The stages of a training with their batches, laid one after another: which stage, epoch and batch
 * a step belongs to. Stages without epochs are left out.
 */
final class FitStages {
  /**
   * A stage's place.
   *
   * @param stage what it is
   * @param batches its batches; epochs count on over the stages, so that each has orders of its own
   * @param firstStep of the stage
   * @param firstEpoch of the stage
   * @param optimizerStep the first one of its optimizer: its own first, or that of an earlier stage
   */
  record Part(Stage stage, Batches batches, long firstStep, int firstEpoch, long optimizerStep) {
    long steps() {
      return (long) batches.perEpoch() * stage.training().epochs();
    }

    long end() {
      return firstStep + steps();
    }

    /** Epochs of this stage that were over before a step. */
    int epoch(long step) {
      return (int) ((step - firstStep) / batches.perEpoch());
    }

    /** The number of a step's batch in its epoch. */
    int number(long step) {
      return (int) ((step - firstStep) % batches.perEpoch());
    }
  }

  private final List<Part> parts = new ArrayList<>();

  FitStages(Arm arm, Dataset data, Order order, long seed) {
    long step = 0;
    int epoch = 0;
    long optimizer = 0;
    for (Stage s : arm.stages()) {
      if (s.training().epochs() > 0) {
        Batches batches =
            new Batches(data, order, s.training().batch(), seed, augmentations(arm, s));
        optimizer = s.freshOptimizer() ? step : optimizer;
        Part part = new Part(s, batches, step, epoch, optimizer);
        parts.add(part);
        step = part.end();
        epoch += s.training().epochs();
      }
    }
  }

  /** A stage's jitter is a crop, which comes before what the arm does to its images. */
  private static Augmentations augmentations(Arm arm, Stage stage) {
    List<Augmentation> all = new ArrayList<>();
    if (stage.training().regularisation().jitter() > 0) {
      all.add(new Crop(stage.training().regularisation().jitter()));
    }
    all.addAll(arm.augment().list());
    return new Augmentations(all, arm.augment().mixup());
  }

  /** Steps of all stages. */
  long steps() {
    return parts.isEmpty() ? 0 : parts.get(parts.size() - 1).end();
  }

  /** The number of the stage that a step belongs to; the last one's for the step after all. */
  int of(long step) {
    int number = 0;
    while (number < parts.size() - 1 && step >= parts.get(number).end()) {
      number++;
    }
    return number;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** The batch of a step, to be asked for by one thread at a time; made anew by every call. */
  Batch batch(long step) {
    Part part = parts.get(of(step));
    return part.batches().get(part.firstEpoch() + part.epoch(step), part.number(step));
  }

  Part get(int number) {
    return parts.get(number);
  }
}
