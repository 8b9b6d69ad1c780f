package limbeck.kd.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;
import limbeck.engine.tensor.ShapeException;
import limbeck.kd.ModelFile;
import limbeck.kd.Network;
import limbeck.kd.data.Dataset;
import limbeck.kd.recipe.Arm;

/** Model files of {@link Trained} networks: what they are a function of, and how training went. */
final class TrainedFile {
  private TrainedFile() {}

  static void save(
      Trained trained, String identity, Dataset data, Map<String, String> facts, Path file)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>(facts);
    all.put("limbeck.arm", trained.arm().id());
    all.put("limbeck.seed", Long.toString(trained.seed()));
    all.put(ModelFile.IDENTITY, identity);
    all.put(ModelFile.HISTORY, Json.write(json(trained.history())));
    ModelFile.save(file, trained.network(), data.classNames(), all);
  }

  /**
   * Reads a network if it is the one that is looked for.
   *
   * @param network of the arm's kind, that takes the weights
   * @return null if it is another one
   * @throws FormatException if the file is damaged
   */
  static Trained load(Arm arm, long seed, String identity, Network network, Path file)
      throws IOException {
    ModelFile model = ModelFile.load(file);
    if (!identity.equals(model.facts().get(ModelFile.IDENTITY))) {
      return null;
    }
    try {
      network.load(model.weights());
    } catch (ShapeException e) {
      throw new FormatException(
          file + ": its weights do not fit its network: " + e.getMessage(), e);
    }
    return new Trained(
        arm, seed, network, history(ModelFile.json(file, ModelFile.HISTORY, model.facts()), file));
  }

  private static Map<String, Object> json(Trained.History h) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("trainLoss", list(h.trainLoss()));
    json.put("validationErrors", list(h.validation()));
    json.put("validationNll", list(h.validationLoss()));
    json.putAll(h.spent().json());
    json.put("offset", h.offset());
    if (h.choice() != null) {
      json.put("choice", h.choice().json());
    }
    return json;
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static Trained.History history(Object parsed, Path file) throws FormatException {
    if (!(parsed instanceof Map<?, ?> json)) {
      throw new FormatException(file + ": the history of its training is missing");
    }
    return new Trained.History(
        numbers(json, "trainLoss", file),
        numbers(json, "validationErrors", file),
        numbers(json, "validationNll", file),
        Spent.read(json),
        number(json.get("offset"), file),
        choice(json.get("choice"), file));
  }

  private static Choice choice(Object json, Path file) throws FormatException {
    Choice choice = json == null ? null : Choice.read(json);
    if (json != null && choice == null) {
      throw new FormatException(file + ": its history holds no choice but " + json);
    }
    return choice;
  }

  private static double[] numbers(Map<?, ?> json, String key, Path file) throws FormatException {
    if (!(json.get(key) instanceof List<?> list)) {
      throw new FormatException(file + ": its history has no \"" + key + "\"");
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
