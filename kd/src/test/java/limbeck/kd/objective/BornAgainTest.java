package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import limbeck.autograd.Var;
import limbeck.engine.tensor.DType;
import limbeck.kd.Progress;
import org.junit.jupiter.api.Test;

/** The two ablations of born-again networks. */
class BornAgainTest {
  private static final ObjectiveEntry ENTRY = ObjectiveEntry.of("", new PermutedDarkKnowledge());
  private static final int CLASSES = 7;

  private static double[] permuted(ObjectiveCase c) {
    Var v = c.teacherOutputs(DType.F64).logits();
    return PermutedDarkKnowledge.permuted(v, c.batch(DType.F64)).value().doubles();
  }

  private static ObjectiveCase random(int examples) {
    return ObjectiveCase.random(ENTRY, examples, CLASSES, 1);
  }

  @Test
  void confidenceWeighsTheLabels() {
    ObjectiveCase c = Golden.pair();
    double first = Arrays.stream(c.probabilities(0)[0]).max().getAsDouble();
    double second = Arrays.stream(c.probabilities(0)[1]).max().getAsDouble();
    double hard = Golden.loss(new HardLabels(), c.examples(0)) * first;
    hard += Golden.loss(new HardLabels(), c.examples(1)) * second;
    assertEquals(hard / (first + second), Golden.loss(new ConfidenceWeighted(), c), 1e-14);
  }

  @Test
  void confidencesOfABatchAddUpToOne() {
    Var weights = ConfidenceWeighted.weights(random(9).teacherOutputs(DType.F64).logits());
    assertEquals(1, weights.sum().item(), 1e-15);
  }

  @Test
  void equalConfidenceIsCrossEntropy() {
    ObjectiveCase c = Golden.pair().teachers(v -> 0);
    assertEquals(Golden.loss(new HardLabels(), c), Golden.loss(new ConfidenceWeighted(), c), 1e-15);
  }

  @Test
  void theLargestStaysAndTheOthersAreTheSameNumbers() {
    ObjectiveCase c = random(40);
    double[] before = c.teachers().get(0).get(ObjectiveCase.LOGITS).values();
    double[] after = permuted(c);
    int moved = 0;
    for (int i = 0; i < before.length; i += CLASSES) {
      double[] was = Arrays.copyOfRange(before, i, i + CLASSES);
      double[] is = Arrays.copyOfRange(after, i, i + CLASSES);
      double largest = Arrays.stream(was).max().getAsDouble();
      for (int k = 0; k < CLASSES; k++) {
        assertEquals(was[k] == largest, is[k] == largest);
        moved += was[k] != is[k] ? 1 : 0;
      }
      Arrays.sort(was);
      Arrays.sort(is);
      assertArrayEquals(was, is);
    }
    // 240 numbers stay with probability 1/6 each: 200 move, give or take a standard deviation of 6
    assertEquals(200, moved, 30);
  }

  /** What an example gets depends on seed, step and the example alone. */
  @Test
  void theShuffleBelongsToTheExample() {
    ObjectiveCase c = random(6);
    double[] all = permuted(c);
    double[] alone = permuted(c.examples(4));
    assertArrayEquals(Arrays.copyOfRange(all, 4 * CLASSES, 5 * CLASSES), alone);
    Progress p = c.progress();
    assertArrayEquals(all, permuted(c.at(new Progress(p.seed(), 9, 10, p.step()))));
    assertFalse(Arrays.equals(all, permuted(c.at(new Progress(p.seed(), 4, 10, 42)))));
    assertFalse(Arrays.equals(all, permuted(c.at(new Progress(4, 4, 10, p.step())))));
  }

  /** Nothing to shuffle in two classes: it is born-again training, soft targets at T = 1. */
  @Test
  void twoClassesAreSoftTargets() {
    ObjectiveCase c = ObjectiveCase.random(ENTRY, 5, 2, 1);
    assertEquals(Golden.loss(new SoftTargets(1), c), Golden.loss(new PermutedDarkKnowledge(), c));
  }
}
