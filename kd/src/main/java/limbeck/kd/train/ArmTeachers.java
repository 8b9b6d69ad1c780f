package limbeck.kd.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import limbeck.engine.io.Sha256;
import limbeck.engine.io.WeightHash;
import limbeck.kd.CachedTeacher;
import limbeck.kd.LiveTeacher;
import limbeck.kd.Network;
import limbeck.kd.TapShapes;
import limbeck.kd.data.Dataset;
import limbeck.kd.recipe.Arm;

/**
 * The teachers of an arm. Where the student sees its inputs unchanged a teacher is asked once: what
 * it says is kept on disk, by the hashes of its weights and of the data, and a second student costs
 * none of its time. Else, or where its activations are too large to keep or have as many steps as
 * an example, it is asked at every step.
 */
final class ArmTeachers {
  private static final double MOST_BYTES = Runtime.getRuntime().maxMemory() / 8.0;

  private final ArmNetworks networks;
  private final RunFolder folder;
  private final Listener listener;
  private final Map<String, Trained> results;
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  /**
   * Teachers out of finished networks.
   *
   * @param results by {@link Trainer#name}; looked at when a teacher is asked for
   */
  ArmTeachers(
      ArmNetworks networks, RunFolder folder, Listener listener, Map<String, Trained> results) {
    this.networks = networks;
    this.folder = folder;
    this.listener = listener;
    this.results = results;
  }

  /** All that an arm's terms name, but for itself and its peers. */
  TeacherSet of(Arm arm, long seed, Dataset data, Crew crew) throws IOException {
    TeacherSet teachers = new TeacherSet();
    TapShapes own = arm.teachers().isEmpty() ? null : networks.shapes(arm);
    for (String id : arm.teachers()) {
      Trained trained = results.get(Trainer.name(id, seed));
      Network network = networks.frozen(trained);
      TapShapes shapes = TapShapes.of(id, network);
      List<String> taps = taps(arm, id, own, shapes);
      boolean alike = taps.stream().noneMatch(shapes.varying()::contains);
      boolean kept = !arm.augmented() && alike && bytes(shapes, taps, data) <= MOST_BYTES;
      teachers.with(
          id,
          kept
              ? cached(Trainer.name(id, seed), trained.arm(), network, data, shapes, taps, crew)
              : new LiveTeacher(network, data.outputs(), taps),
          shapes);
    }
    return teachers;
  }

  /** What the terms want to know of a teacher, of all stages; some know it when they are fitted. */
  private static List<String> taps(Arm arm, String teacher, TapShapes own, TapShapes teachers) {
    return arm.stages().stream()
        .flatMap(s -> s.terms().stream())
        .filter(t -> teacher.equals(t.teacher()))
        .flatMap(t -> t.objective().fitted(own, teachers).teacherTaps().stream())
        .distinct()
        .toList();
  }

  /** What a finished network says about the examples of a set, its logits alone. */
  CachedTeacher logits(Trained of, Dataset data, Crew crew) throws IOException {
    Network network = networks.frozen(of);
    TapShapes shapes = TapShapes.of(of.arm().id(), network);
    String name = Trainer.name(of.arm().id(), of.seed());
    return cached(name, of.arm(), network, data, shapes, List.of(), crew);
  }

  private static double bytes(TapShapes shapes, List<String> taps, Dataset data) {
    double values = shapes.classes();
    for (String tap : taps) {
      values += shapes.of(tap).size();
    }
    return Float.BYTES * values * data.size();
  }

  /**
   * Of weights and of what kind of network they are in: two ensembles of the same members may
   * combine them by different means.
   */
  private static String hash(Arm arm, Network network) {
    String both = WeightHash.of(network.state()) + " " + arm.network();
    return Sha256.hex(both.getBytes(StandardCharsets.UTF_8));
  }

  private CachedTeacher cached(
      String name,
      Arm arm,
      Network network,
      Dataset data,
      TapShapes shapes,
      List<String> taps,
      Crew crew)
      throws IOException {
    String hash = hash(arm, network);
    Path file = folder.teacherCache(hash, data.digest(), taps);
    synchronized (locks.computeIfAbsent(file.toString(), f -> new Object())) {
      if (Files.exists(file)) {
        try {
          return CachedTeacher.load(file, data.digest(), hash);
        } catch (IOException e) {
          listener.note(e.getMessage() + "; asking the teacher again");
        }
      }
      long start = System.nanoTime();
      crew.cpuSeconds();
      CachedTeacher teacher = Evaluation.teacher(network, data, shapes, taps, crew.context());
      teacher.save(file, data.digest(), hash);
      double seconds = (System.nanoTime() - start) * 1e-9;
      folder.kept(name, new Spent(seconds, crew.cpuSeconds(), Files.size(file), data.size()));
      return teacher;
    }
  }
}
