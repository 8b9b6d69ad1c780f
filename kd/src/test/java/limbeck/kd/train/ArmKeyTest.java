package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import limbeck.kd.LogitMean;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Chosen;
import limbeck.kd.recipe.Distillation;
import limbeck.kd.recipe.EnsembleOf;
import limbeck.kd.recipe.Part;
import limbeck.kd.recipe.RateDrops;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.Recipes;
import limbeck.kd.recipe.Regularisation;
import limbeck.kd.recipe.Settings;
import limbeck.kd.recipe.Training;
import org.junit.jupiter.api.Test;

class ArmKeyTest {
  private static final Recipe MNIST = Recipes.named("hinton-mnist");

  private static String key(String arm, Settings s, String train, String validation, long seed) {
    List<Arm> arms = MNIST.arms(s);
    return ArmKey.of(ArmKey.named(arm, arms), arms, train, validation, seed);
  }

  private static String key(String arm, String... changes) {
    return key(arm, MNIST.defaults().with(List.of(changes)), "train", "none", 1);
  }

  /** Finished networks are found again by these keys: another value throws them all away. */
  @Test
  void isTheSameInEveryVersion() {
    Training training =
        new Training(
            "sgd",
            0.05,
            "cosine",
            1e-4,
            0.9,
            0.002,
            100,
            80,
            new Regularisation(0.2, 0.5, 3, 2),
            true,
            RateDrops.NONE);
    Arm teacher = Arm.alone("big", "teacher", "a", "b", "784-1200-10", training);
    Arm student = Arm.alone("small", "student", "c", "d", "784-30-10", training);
    Distillation how = Distillation.softTargets(2.5, 0.9, 0.1);
    Arm taught =
        student.taught("taught", "e", "f", "big", how).on(new Arm.Transfer(List.of(7, 8), 10_000));
    Arm distilled = taught.corrected("better", "g", "h", List.of(7));
    List<Arm> all = List.of(teacher, student, taught, distilled);
    List<String> keys = new ArrayList<>();
    for (Arm arm : List.of(teacher, student, distilled)) {
      keys.add(ArmKey.of(arm, all, "train", "none", 1));
    }
    assertEquals(
        List.of(
            "646b4046cb2f3d5cbf65a7b08ac2172b64abc5e13fbc030d0feb4334a8d4989a",
            "a339cd076beea1a1a30155d8018b0bf5c1d1ebcf4915182786be3a831e3a33af",
            "96ef9e270c93db5f0d0ab295703491b71877679957695c6c3b07f702b2834f67"),
        keys);
  }

  /** Weights are drawn by role, and of assistants by name: equal settings are not equal bits. */
  @Test
  void isOfWhatRandomNumbersAreDrawnFrom() {
    Training training =
        new Training(
            "sgd", 0.05, "cosine", 0, 0.9, 0, 100, 8, Regularisation.NONE, true, RateDrops.NONE);
    List<Arm> all = new ArrayList<>();
    for (String role : List.of("teacher", "student", "assistant", "distilled")) {
      all.add(Arm.alone(role, role, "a", "b", "784-30-10", training));
    }
    all.add(Arm.alone("other", "assistant", "a", "b", "784-30-10", training));
    all.add(all.get(0).corrected("of-teacher", "c", "d", List.of(1)));
    all.add(all.get(2).corrected("of-assistant", "c", "d", List.of(1)));
    all.add(all.get(4).corrected("of-other", "c", "d", List.of(1)));
    List<String> keys = all.stream().map(a -> ArmKey.of(a, all, "train", "none", 1)).toList();
    assertEquals(keys.get(1), keys.get(3), "students draw alike");
    assertEquals(all.size() - 1, keys.stream().distinct().count(), keys.toString());
  }

  /** The network of a branch is the same whatever it is a branch of; where it comes from is not. */
  @Test
  void isOfTheWholeThatAPartIsOf() {
    Training training =
        new Training(
            "sgd", 0.05, "cosine", 0, 0.9, 0, 100, 8, Regularisation.NONE, true, RateDrops.NONE);
    Arm two = Arm.alone("two", "student", "a", "b", "one-2:mlp:784-30-30-10", training);
    Arm three = Arm.alone("three", "student", "a", "b", "one-3:mlp:784-30-30-10", training);
    List<Arm> parts =
        List.of(
            Part.arm("x", "student", "a", "b", two, "branch0"),
            Part.arm("y", "student", "a", "b", two, "branch1"),
            Part.arm("z", "student", "a", "b", three, "branch0"));
    List<Arm> all = new ArrayList<>(parts);
    all.addAll(List.of(two, three));
    assertEquals(parts.get(0).network(), parts.get(2).network());
    List<String> keys = all.stream().map(a -> ArmKey.of(a, all, "train", "none", 1)).toList();
    assertEquals(5, keys.stream().distinct().count(), keys.toString());
  }

  @Test
  void isOfEverythingThatTheBitsDependOn() {
    Settings s = MNIST.defaults();
    String usual = key("distilled");
    assertNotEquals(usual, key("distilled", s, "other", "none", 1));
    assertNotEquals(usual, key("distilled", s, "train", "other", 1));
    assertNotEquals(usual, key("distilled", s, "train", "none", 2));
    assertNotEquals(usual, key("student"));
    assertNotEquals(usual, key("distilled", "distill.temperature=3"));
    assertNotEquals(usual, key("distilled", "teacher.epochs=81"));
  }

  /** Of whom, in which order, how; and copies differ, but not by what they are called. */
  @Test
  void isOfWhatAnArmIsMadeOf() {
    Training training = MNIST.arms(MNIST.defaults()).get(0).training();
    Arm big = Arm.alone("big", "teacher", "a", "b", "784-40-10", training);
    Arm small = Arm.alone("small", "teacher", "c", "d", "784-30-10", training);
    List<Arm> copies = small.copies(2);
    List<Arm> named = Arm.alone("x", "teacher", "y", "z", "784-30-10", training).copies(2);
    Arm one = copies.get(0);
    Arm two = copies.get(1);
    LogitMean mean = LogitMean.arithmetic(1);
    List<Arm> made =
        List.of(
            EnsembleOf.arm("e", "teacher", "e", "e", List.of(big, one), mean),
            EnsembleOf.arm("e", "teacher", "e", "e", List.of(one, big), mean),
            EnsembleOf.arm("e", "teacher", "e", "e", List.of(one, two), mean),
            EnsembleOf.arm("e", "teacher", "e", "e", List.of(two, one), mean),
            EnsembleOf.arm("e", "teacher", "e", "e", List.of(one, two), LogitMean.GEOMETRIC),
            EnsembleOf.arm("e", "teacher", "e", "e", List.of(one, two), LogitMean.arithmetic(2)),
            Chosen.arm("e", "teacher", "e", "e", List.of(one, two)),
            Chosen.arm("e", "teacher", "e", "e", List.of(two, one)),
            small,
            one,
            two);
    List<Arm> all = List.of(big, small, one, two);
    Set<String> keys = new HashSet<>();
    made.forEach(a -> keys.add(ArmKey.of(a, all, "train", "validation", 1)));
    assertEquals(made.size(), keys.size());
    assertEquals(
        ArmKey.of(one, all, "train", "none", 1),
        ArmKey.of(named.get(0), named, "train", "none", 1));
  }

  @Test
  void isOfNothingElse() {
    assertEquals(key("student"), key("student", "teacher.epochs=81"));
    assertEquals(key("teacher"), key("teacher", "student.epochs=51", "distill.temperature=3"));
  }

  @Test
  void anArmThatIsNotThere() {
    assertThrows(IllegalArgumentException.class, () -> key("nobody"));
  }
}
