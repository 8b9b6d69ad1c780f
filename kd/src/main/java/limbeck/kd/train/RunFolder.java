package limbeck.kd.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.AtomicFile;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;
import limbeck.kd.ModelFile;
import limbeck.kd.data.Dataset;
import limbeck.kd.recipe.Arm;
import limbeck.kd.vision.Mlp;

/**
 * The folder of a run: {@code run.json} says what it is, {@code models/} holds finished networks,
 * {@code checkpoints/} unfinished ones. A folder belongs to one run; started again, the run goes on
 * where it was.
 */
public final class RunFolder {
  private static final String IDENTITY = "limbeck.identity";
  private static final String HISTORY = "limbeck.history";

  private final Path root;
  private final List<Path> reused;
  private int interruptions;

  private RunFolder(Path root, List<Path> reused) {
    this.root = root;
    this.reused = List.copyOf(reused);
  }

  /**
   * Opens a run's folder, creating it if need be.
   *
   * @param description what the run is; a folder that holds another run is refused
   * @param reused folders of other runs, whose networks are taken where they are the very same
   * @throws IOException if the folder cannot be written or holds something else
   */
  public static RunFolder open(Path root, Map<String, Object> description, List<Path> reused)
      throws IOException {
    RunFolder folder = new RunFolder(root, reused);
    for (Path other : reused) {
      if (!Files.isDirectory(other.resolve("models"))) {
        throw new FormatException(other + ": is no folder of a run (it has no models/)");
      }
    }
    Files.createDirectories(root.resolve("models"));
    Files.createDirectories(root.resolve("checkpoints"));
    folder.claim(description);
    return folder;
  }

  private void claim(Map<String, Object> description) throws IOException {
    Path file = root.resolve("run.json");
    String now = Json.write(description);
    if (Files.exists(file)) {
      if (!(Json.read(file) instanceof Map<?, ?> before)
          || !(before.get("run") instanceof Map<?, ?> run)) {
        throw new FormatException(file + ": is not what a run wrote; choose another --out");
      }
      if (!Json.write(run).equals(now)) {
        throw new FormatException(
            root
                + ": holds another run (other recipe, settings, seeds or data); choose another"
                + " --out");
      }
      interruptions = before.get("started") instanceof Long n ? n.intValue() : 0;
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("run", description);
    content.put("started", interruptions + 1);
    AtomicFile.writeString(file, Json.pretty(content) + "\n");
  }

  /** How often this run was started before. */
  public int interruptions() {
    return interruptions;
  }

  /** The folder. */
  public Path root() {
    return root;
  }

  /** The file of a finished network. */
  public Path model(Arm arm, long seed) {
    return model(root, arm.id(), seed);
  }

  private static Path model(Path root, String id, long seed) {
    return root.resolve("models").resolve(id + "-seed" + seed + ".safetensors");
  }

  Path checkpoint(Arm arm, long seed) {
    return root.resolve("checkpoints").resolve(arm.id() + "-seed" + seed + ".safetensors");
  }

  Path teacherCache(Arm teacher, long seed, Dataset data) {
    return root.resolve("checkpoints")
        .resolve(
            "logits-"
                + teacher.id()
                + "-seed"
                + seed
                + "-"
                + data.digest().substring(0, 8)
                + ".safetensors");
  }

  /**
   * A finished network with this identity, from this run or a reused one; null if there is none.
   */
  Trained find(Arm arm, long seed, String identity) throws IOException {
    List<Path> files = new ArrayList<>(List.of(model(arm, seed)));
    for (Path other : reused) {
      try (var models = Files.list(other.resolve("models"))) {
        models
            .filter(f -> f.toString().endsWith("-seed" + seed + ".safetensors"))
            .sorted()
            .forEach(files::add);
      }
    }
    for (Path file : files) {
      if (Files.exists(file)) {
        ModelFile model = ModelFile.load(file);
        if (identity.equals(model.facts().get(IDENTITY))) {
          Mlp network = new Mlp(arm.widths());
          network.load(model.weights());
          return new Trained(arm, seed, network, history(model.facts().get(HISTORY), file));
        }
      }
    }
    return null;
  }

  void keep(Trained trained, String identity, Dataset data, Map<String, String> facts)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>(facts);
    all.put("limbeck.arm", trained.arm().id());
    all.put("limbeck.seed", Long.toString(trained.seed()));
    all.put(IDENTITY, identity);
    all.put(HISTORY, Json.write(json(trained.history())));
    ModelFile.save(
        model(trained.arm(), trained.seed()),
        trained.network(),
        data.example(),
        data.classNames(),
        all);
    Files.deleteIfExists(checkpoint(trained.arm(), trained.seed()));
    Files.deleteIfExists(
        limbeck.engine.io.Checkpoints.previous(checkpoint(trained.arm(), trained.seed())));
  }

  private static Map<String, Object> json(Trained.History h) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("trainLoss", list(h.trainLoss()));
    json.put("validationErrors", list(h.validationErrors()));
    json.put("validationNll", list(h.validationNll()));
    json.put("seconds", h.seconds());
    json.put("offset", h.offset());
    return json;
  }

  private static List<Double> list(double[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  private static Trained.History history(String text, Path file) throws FormatException {
    if (text == null || !(Json.parse(text) instanceof Map<?, ?> json)) {
      throw new FormatException(file + ": the history of its training is missing");
    }
    return new Trained.History(
        numbers(json, "trainLoss", file),
        numbers(json, "validationErrors", file),
        numbers(json, "validationNll", file),
        number(json.get("seconds"), file),
        number(json.get("offset"), file));
  }

  private static double[] numbers(Map<?, ?> json, String key, Path file) throws FormatException {
    if (!(json.get(key) instanceof List<?> list)) {
      throw new FormatException(file + ": history has no \"" + key + "\"");
    }
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(list.get(i), file);
    }
    return values;
  }

  private static double number(Object value, Path file) throws FormatException {
    if (value instanceof Number n) {
      return n.doubleValue();
    }
    throw new FormatException(
        file + ": its history holds \"" + value + "\" where a number belongs");
  }
}
