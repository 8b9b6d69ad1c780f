package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import limbeck.engine.op.Reduction;
import limbeck.kd.Objective;
import limbeck.kd.objective.VirtualTeacher.Softening;
import org.junit.jupiter.api.Test;

/** Label smoothing and the virtual teacher, which need no network. */
class MadeUpTeachersTest {
  private static final double[] NOTHING = {0, 0, 0, 0};

  @Test
  void smoothedLabels() {
    ObjectiveCase c = Golden.single();
    assertEquals(1.490189699, Golden.loss(new LabelSmoothing(0.1), c), Golden.TOLERANCE);
    assertEquals(Golden.loss(new HardLabels(), c), Golden.loss(new LabelSmoothing(0), c));
  }

  /** H(u, q) = KL(u ‖ q) + ln C. */
  @Test
  void smoothingIsATeacherThatKnowsNothing() {
    ObjectiveCase c = Golden.single(NOTHING);
    Objective taught = new HardLabels().times(0.9).plus(new SoftTargets(1).times(0.1));
    Objective smoothed = new LabelSmoothing(0.1);
    assertEquals(Golden.loss(taught, c) + 0.1 * Math.log(4), Golden.loss(smoothed, c), 1e-14);
    assertArrayEquals(Golden.gradient(taught, c), Golden.gradient(smoothed, c), 1e-15);
  }

  @Test
  void virtualTeachersOfPaperAndCode() {
    VirtualTeacher paper = new VirtualTeacher(0.9, 20);
    assertEquals(0.282150272, paper.label(4), 1e-9);
    assertEquals(0.239283243, (1 - paper.label(4)) / 3, 1e-9);
    VirtualTeacher code =
        new VirtualTeacher(0.9, 20, Softening.PROBABILITIES, Reduction.ELEMENT_MEAN);
    assertEquals(0.258212686, code.label(4), 1e-9);
    assertEquals(0.247262438, (1 - code.label(4)) / 3, 1e-9);
  }

  /** A real teacher that gives 0.9, and to each other a third of the rest, at any temperature. */
  @Test
  void theVirtualTeacherTeachesAsARealOne() {
    double rest = Math.log(0.1 / 3);
    ObjectiveCase c = Golden.single(new double[] {Math.log(0.9), rest, rest, rest});
    for (double t : new double[] {1, 4, 20}) {
      Objective real = new SoftTargets(t);
      Objective virtual = new VirtualTeacher(0.9, t);
      assertEquals(Golden.loss(real, c), Golden.loss(virtual, c), 1e-13);
      assertArrayEquals(Golden.gradient(real, c), Golden.gradient(virtual, c), 1e-13);
    }
  }

  /** KL(softmax(p/20) ‖ q): the student is not softened. */
  @Test
  void theReleasedCodeSoftensTheTeacherAlone() {
    ObjectiveCase c = Golden.single();
    double[] q = Golden.single(Golden.Z).probabilities(0)[0];
    double expected = 0.258212686 * Math.log(0.258212686 / q[0]);
    for (int k = 1; k < 4; k++) {
      expected += 0.247262438 * Math.log(0.247262438 / q[k]);
    }
    VirtualTeacher code =
        new VirtualTeacher(0.9, 20, Softening.PROBABILITIES, Reduction.BATCH_MEAN);
    assertEquals(expected, Golden.loss(code, c), Golden.TOLERANCE);
  }

  @Test
  void aVirtualTeacherThatIsSureIsTheLabel() {
    ObjectiveCase c = Golden.single();
    assertEquals(Golden.loss(new HardLabels(), c), Golden.loss(new VirtualTeacher(1, 1), c), 1e-15);
  }

  @Test
  void nobodyIsAsked() {
    assertFalse(new LabelSmoothing(0.1).asksTeacher());
    assertFalse(new VirtualTeacher(0.9, 20).asksTeacher());
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new LabelSmoothing(1.1));
    assertThrows(IllegalArgumentException.class, () -> new VirtualTeacher(0, 20));
    assertThrows(IllegalArgumentException.class, () -> new VirtualTeacher(0.9, 0));
  }
}
