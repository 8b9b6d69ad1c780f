package limbeck.kd.train;

import static limbeck.kd.train.Fits.arm;
import static limbeck.kd.train.Fits.assertSame;
import static limbeck.kd.train.Fits.bigNetwork;
import static limbeck.kd.train.Fits.cached;
import static limbeck.kd.train.Fits.context;
import static limbeck.kd.train.Fits.finish;
import static limbeck.kd.train.Fits.fit;
import static limbeck.kd.train.Fits.hash;
import static limbeck.kd.train.Fits.taught;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Experiment;
import limbeck.kd.LiveTeacher;
import limbeck.kd.Teacher;
import limbeck.kd.Tiny;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.TensorDataset;
import limbeck.kd.data.TensorInputs;
import limbeck.kd.recipe.Arm;
import limbeck.kd.vision.Mlp;
import org.junit.jupiter.api.Test;

class FitTest {
  @Test
  void workersDoNotShow() {
    Experiment e = Tiny.experiment("data.validation=15");
    OpContext[] contexts = {
      context(),
      new OpContext(Workers.of(2)),
      new OpContext(Workers.of(3)),
      new OpContext(Workers.of(8))
    };
    for (String id : new String[] {"teacher", "distilled"}) {
      Fit expected = finish(fit(e, id));
      for (int shift = 0; shift < contexts.length; shift++) {
        Fit other = fit(e, id);
        while (!other.done()) {
          other.advance(contexts[(int) (other.step() + shift) % contexts.length]);
        }
        assertSame(expected, other);
      }
    }
    for (OpContext c : contexts) {
      c.workers().close();
    }
  }

  @Test
  void withoutWeightOnTheTeacherItIsPlainTraining() {
    Experiment e = Tiny.experiment("softWeight=0");
    Fit plain = finish(fit(e, "student"));
    Fit distilled = finish(fit(e, "distilled"));
    assertSame(plain, distilled);
    assertNotEquals(hash(plain), hash(finish(fit(Tiny.experiment(), "distilled"))));
  }

  @Test
  void keptLogitsAreAsGoodAsTheTeacher() {
    Experiment e = Tiny.experiment();
    Arm arm = arm(e, "distilled");
    Teacher live = new LiveTeacher(bigNetwork(), 3);
    assertSame(
        finish(new Fit(arm, 1, e.train(), e.train(), null, taught(cached(e.train())))),
        finish(new Fit(arm, 1, e.train(), e.train(), null, taught(live))));
  }

  /** Remembers whether it saw an image that is not in the data set as it is. */
  private static final class Watching implements Teacher {
    private final Teacher teacher = new LiveTeacher(bigNetwork(), 3);
    private final TensorDataset data;
    private boolean sawChanged;

    Watching(TensorDataset data) {
      this.data = data;
    }

    @Override
    public Tensor logits(Batch batch, OpContext context) {
      float[] image = new float[16];
      for (int i = 0; i < batch.size(); i++) {
        data.read(batch.indices()[i], image, 0);
        Tensor x = ((TensorInputs) batch.inputs()).x().slice(i, i + 1);
        float[] seen = Arrays.copyOfRange(x.floats(), x.offset(), x.offset() + 16);
        sawChanged |= !Arrays.equals(image, seen);
      }
      return teacher.logits(batch, context);
    }

    @Override
    public int classes() {
      return 3;
    }
  }

  @Test
  void aTeacherLooksAtWhatTheStudentSees() {
    for (int jitter = 0; jitter <= 1; jitter++) {
      Experiment e = Tiny.experiment("jitter=" + jitter);
      Watching teacher = new Watching((TensorDataset) e.train());
      finish(new Fit(arm(e, "distilled"), 1, e.train(), e.train(), null, taught(teacher)));
      assertEquals(jitter == 1, teacher.sawChanged);
    }
  }

  @Test
  void aTeacherIsNotChangedByTeaching() {
    Experiment e = Tiny.experiment("jitter=1");
    Mlp network = new Mlp(new int[] {16, 12, 3}, 0.2, 0.5);
    network.init(99);
    network.train(1, 1);
    String before = WeightHash.of(network.state());
    Fit dropout =
        finish(
            new Fit(
                arm(e, "distilled"),
                1,
                e.train(),
                e.train(),
                null,
                taught(new LiveTeacher(network, 3))));
    assertEquals(before, WeightHash.of(network.state()));
    // were its dropout still on, it would not teach as the same network without dropout does
    Teacher plain = new LiveTeacher(bigNetwork(), 3);
    assertSame(
        finish(new Fit(arm(e, "distilled"), 1, e.train(), e.train(), null, taught(plain))),
        dropout);
  }

  @Test
  void maxNormHoldsOnHiddenUnits() {
    Fit fit = fit(Tiny.experiment("rate=5"), "teacher");
    double largest = 0;
    while (!fit.done()) {
      fit.advance(context());
      largest =
          Math.max(largest, largestNorm(fit.network().hiddenLayers().get(0).weight().value()));
    }
    // reached, as the rate is large, and never passed; 16 squares and one scaling in float are
    // fewer than 20 roundings of 2⁻²⁴ each
    assertEquals(2, largest, 2 * 20 * 0x1p-24);
  }

  private static double largestNorm(Tensor weight) {
    double largest = 0;
    for (int unit = 0; unit < 12; unit++) {
      double sum = 0;
      for (int k = 0; k < 16; k++) {
        sum += weight.get(unit * 16 + k) * weight.get(unit * 16 + k);
      }
      largest = Math.max(largest, StrictMath.sqrt(sum));
    }
    return largest;
  }

  @Test
  void divergenceIsSaid() {
    Fit fit = fit(Tiny.experiment("rate=1000000", "epochs=100"), "student");
    ArithmeticException e = assertThrows(ArithmeticException.class, () -> finish(fit));
    assertTrue(
        e.getMessage()
            .matches(
                "student, seed 1: the loss is (NaN|-?Infinity) at step \\d+ \\(epoch \\d+\\),"
                    + " first in (the result of op linear with fc\\d.weight, fc\\d.bias|parameter"
                    + " fc\\d.(weight|bias)); a smaller learning rate may help"),
        e.getMessage());
  }

  @Test
  void noEpochsLeaveTheInitialWeights() {
    Fit fit = fit(Tiny.experiment("epochs=0"), "student");
    Mlp initial = new Mlp(16, 8, 3);
    initial.init(1);
    assertTrue(fit.done());
    assertEquals(WeightHash.of(initial.state()), hash(fit));
  }

  @Test
  void studentsStartAlikeAndSeedsDoNot() {
    Experiment e = Tiny.experiment();
    Fit alone = fit(e, "student");
    Fit other = new Fit(arm(e, "student"), 2, e.train(), e.train(), null, new TeacherSet());
    assertEquals(hash(alone), hash(fit(e, "distilled")));
    assertNotEquals(hash(alone), hash(other));
  }

  /** A layer's first rows do not depend on its width, so a teacher needs other ones. */
  @Test
  void aTeacherSharesNoWeightsWithItsStudent() {
    Experiment e = Tiny.experiment();
    Tensor teacher = fit(e, "teacher").network().hiddenLayers().get(0).weight().value();
    Tensor student = fit(e, "student").network().hiddenLayers().get(0).weight().value();
    for (int i = 0; i < Math.min(teacher.size(), student.size()); i++) {
      assertNotEquals(teacher.get(i), student.get(i));
    }
  }

  @Test
  void dataMustFit() {
    Arm arm = arm(Tiny.experiment(), "student");
    Dataset none = Tiny.images(1, 60).slice(0, 0);
    assertThrows(
        IllegalArgumentException.class, () -> new Fit(arm, 1, none, none, null, new TeacherSet()));
    Arm wide = Arm.alone("w", "student", "w", "w", "17-3", arm.training());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Fit(wide, 1, Tiny.images(1, 9), Tiny.images(1, 9), null, new TeacherSet()));
  }
}
