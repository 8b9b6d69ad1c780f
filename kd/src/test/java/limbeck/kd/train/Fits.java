package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import limbeck.engine.exec.Workers;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.CachedTeacher;
import limbeck.kd.Experiment;
import limbeck.kd.Teacher;
import limbeck.kd.data.Dataset;
import limbeck.kd.recipe.Arm;
import limbeck.kd.vision.Mlp;

/** Small trainings, and what tests compare of them. */
final class Fits {
  private static final OpContext CONTEXT = new OpContext(Workers.inline());

  private Fits() {}

  static OpContext context() {
    return CONTEXT;
  }

  static Arm arm(Experiment e, String id) {
    return ArmKey.named(id, e.arms());
  }

  static Mlp bigNetwork() {
    Mlp network = new Mlp(16, 12, 3);
    network.init(99);
    return network;
  }

  static Teacher cached(Dataset data) {
    float[] logits = Evaluation.logits(bigNetwork(), data, data.classes(), CONTEXT);
    return new CachedTeacher(Tensor.of(Shape.of(data.size(), data.classes()), logits));
  }

  static Fit fit(Experiment e, String id) {
    Arm arm = arm(e, id);
    Dataset data = e.shown(arm);
    return new Fit(arm, 1, e.train(), data, e.validation(), taught(cached(data)));
  }

  /** One teacher under the id that the experiment's recipe gives it. */
  static TeacherSet taught(Teacher teacher) {
    return new TeacherSet().with("teacher", teacher);
  }

  static Fit finish(Fit fit) {
    while (!fit.done()) {
      fit.advance(CONTEXT);
    }
    return fit;
  }

  static String hash(Fit fit) {
    return WeightHash.of(fit.network().state());
  }

  static void assertSame(Fit expected, Fit actual) {
    assertEquals(hash(expected), hash(actual));
    assertEquals(expected.step(), actual.step());
    assertArrayEquals(expected.curves().trainLoss(), actual.curves().trainLoss());
    assertArrayEquals(expected.curves().validation(), actual.curves().validation());
    assertArrayEquals(expected.curves().validationLoss(), actual.curves().validationLoss());
  }
}
