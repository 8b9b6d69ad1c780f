package limbeck.kd.train;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.Json;
import limbeck.engine.io.Sha256;
import limbeck.kd.recipe.Arm;

/**
 * What a trained network is a function of, as a hash: the arm's settings, its teacher's, the data,
 * the seed. Equal keys mean equal bits, so a finished network can stand in for a training.
 */
final class ArmKey {
  /**
   * Raised when the meaning of a training changes, so that older results are not taken for new
   * ones.
   */
  private static final int DEFINITION = 5;

  private ArmKey() {}

  static String of(Arm arm, List<Arm> all, String trainDigest, String validationDigest, long seed) {
    return Sha256.hex(
        Json.write(parts(arm, all, trainDigest, validationDigest, seed))
            .getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> parts(
      Arm arm, List<Arm> all, String trainDigest, String validationDigest, long seed) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("definition", DEFINITION);
    parts.put("arm", arm.identity());
    parts.put("train", trainDigest);
    parts.put("validation", validationDigest);
    parts.put("seed", seed);
    String stream = ArmStream.name(trained(arm, all));
    if (!stream.isEmpty() && !arm.stages().isEmpty()) {
      parts.put("stream", stream);
    }
    Map<String, Object> teachers = new LinkedHashMap<>();
    for (String id : arm.teachers()) {
      teachers.put(id, parts(named(id, all), all, trainDigest, validationDigest, seed));
    }
    parts.put("teachers", teachers);
    if (arm.derivation() != null && !arm.derivation().repeatsStages()) {
      parts.put(
          "of",
          arm.derivation().of().stream()
              .map(id -> parts(named(id, all), all, trainDigest, validationDigest, seed))
              .toList());
    }
    if (arm.start() != null) {
      Arm start = named(arm.start().of(), all);
      parts.put("start", parts(start, all, trainDigest, validationDigest, seed));
    }
    if (arm.cohort() != null) {
      parts.put(
          "peers",
          all.stream().filter(a -> arm.cohort().equals(a.cohort())).map(Arm::identity).toList());
    }
    return parts;
  }

  /** The arm whose training an arm's weights come from. */
  private static Arm trained(Arm arm, List<Arm> all) {
    boolean other = arm.derivation() != null && arm.derivation().repeatsStages();
    return other ? named(arm.derivation().of().get(0), all) : arm;
  }

  static Arm named(String id, List<Arm> all) {
    return all.stream()
        .filter(a -> a.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("recipe: no arm \"" + id + "\""));
  }
}
