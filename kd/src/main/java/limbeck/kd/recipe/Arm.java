package limbeck.kd.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One network of an experiment: what it is, how it is trained, who teaches it. For one seed it is a
 * pure function of this record and the data.
 *
 * @param id unique in the recipe
 * @param role {@code teacher}, {@code student} (the matched baseline) or {@code distilled}
 * @param label at most 14 letters, for plots and tables
 * @param name noun phrase for sentences
 * @param widths layer widths
 * @param training how it is trained
 * @param distillation null if no teacher is asked
 * @param taughtBy id of the teacher's arm; null if none
 * @param transfer which training examples it sees
 * @param correction null, or this arm is another one with output biases corrected, and trains
 *     nothing
 */
public record Arm(
    String id,
    String role,
    String label,
    String name,
    int[] widths,
    Training training,
    Distillation distillation,
    String taughtBy,
    Transfer transfer,
    BiasCorrection correction) {

  /**
   * Which training examples an arm sees.
   *
   * @param classes those of these classes; empty: all
   * @param heldOut how many examples at the end of the training set are not shown
   */
  public record Transfer(List<Integer> classes, int heldOut) {
    /** All training examples. */
    public static final Transfer ALL = new Transfer(List.of(), 0);
  }

  /**
   * One offset added to the output biases of some classes, chosen on training examples that the arm
   * was not shown. Hinton et al. 2015, section 3: a class absent from the transfer set keeps too
   * low a bias.
   *
   * @param of id of the arm that is corrected
   * @param classes whose biases move
   */
  public record BiasCorrection(String of, List<Integer> classes) {}

  /** An arm that is trained on labels alone. */
  public static Arm alone(
      String id, String role, String label, String name, int[] widths, Training training) {
    return new Arm(id, role, label, name, widths, training, null, null, Transfer.ALL, null);
  }

  /** This network, taught. */
  public Arm taught(
      String newId, String newLabel, String newName, String teacher, Distillation how) {
    return new Arm(
        newId, "distilled", newLabel, newName, widths, training, how, teacher, transfer, null);
  }

  /** This arm on part of the training set. */
  public Arm on(Transfer part) {
    return new Arm(
        id, role, label, name, widths, training, distillation, taughtBy, part, correction);
  }

  /** This arm with corrected biases. */
  public Arm corrected(String newId, String newLabel, String newName, List<Integer> classes) {
    return new Arm(
        newId,
        role,
        newLabel,
        newName,
        widths,
        training,
        distillation,
        taughtBy,
        transfer,
        new BiasCorrection(id, classes));
  }

  /**
   * Everything that determines the trained network, besides data and seed: equal maps, equal bits.
   */
  public Map<String, Object> identity() {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("widths", java.util.Arrays.stream(widths).boxed().toList());
    m.put("training", training.toString());
    m.put("distillation", distillation == null ? "none" : distillation.toString());
    m.put("transfer", transfer.toString());
    m.put("correction", correction == null ? "none" : correction.classes().toString());
    return m;
  }
}
