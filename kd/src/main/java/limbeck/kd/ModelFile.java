package limbeck.kd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;
import limbeck.engine.io.MapOrder;
import limbeck.engine.io.NarrowWeights;
import limbeck.engine.io.NonFinite;
import limbeck.engine.io.TensorFile;
import limbeck.engine.io.WeightType;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A trained model in one safetensors file: weights, the traced program, class names, and how it was
 * made. Deployed, it needs the engine alone: {@code Program.load(file)}.
 *
 * @param program the network
 * @param classes names of the classes, in the order of the outputs; none of a model with one
 *     output, a score
 * @param facts further metadata: recipe, data, seed
 */
public record ModelFile(Program program, List<String> classes, Map<String, String> facts) {
  /**
   * The metadata key of what a trained network is a function of. A run takes over a file that has
   * the same; a copy with other weights has none.
   */
  public static final String IDENTITY = "limbeck.identity";

  /** The metadata key of how training went, for the run that goes on; copies as above have none. */
  public static final String HISTORY = "limbeck.history";

  private static final String CLASSES = "limbeck.classes";

  /** Traces a network and writes it. */
  public static void save(
      Path file, Network network, List<String> classes, Map<String, String> facts)
      throws IOException {
    Map<String, String> all = MapOrder.copy(facts);
    all.putAll(network.facts());
    save(file, network.program(), classes, all);
  }

  /** Writes a program with the names of its classes. */
  public static void save(
      Path file, Program program, List<String> classes, Map<String, String> facts)
      throws IOException {
    Map<String, String> metadata = MapOrder.copy(facts);
    metadata.put(CLASSES, Json.write(classes));
    program.save(file, metadata);
  }

  /**
   * Reads a model; of weights that are NaN or infinite a line is logged, as training may have left
   * them and a run that goes on must find what it made.
   *
   * @throws FormatException if the file is damaged, or holds no program or no class names
   */
  public static ModelFile load(Path file) throws IOException {
    TensorFile content = NarrowWeights.widen(Checkpoints.loadOnly(file)).check(NonFinite.WARN);
    if (!(json(file, CLASSES, content.metadata()) instanceof List<?> list)) {
      throw new FormatException(file + ": holds no class names (metadata \"" + CLASSES + "\")");
    }
    Program program = Program.of(content, file.toString());
    List<String> classes = list.stream().map(String::valueOf).toList();
    if (outputs(program) != Math.max(1, classes.size())) {
      throw new FormatException(
          file + ": " + classes.size() + " class names for " + outputs(program) + " outputs");
    }
    return new ModelFile(program, classes, content.metadata());
  }

  /**
   * Writes this model again, with its class names and facts.
   *
   * @param weights what matrices are stored as; where they are rounded, the copy is no longer the
   *     network that a run has trained, and has no {@link #IDENTITY} and {@link #HISTORY}
   * @throws IllegalArgumentException if a weight is beyond the range of the type
   */
  public void save(Path file, WeightType weights) throws IOException {
    Map<String, String> metadata = MapOrder.copy(facts);
    if (weights != WeightType.FLOAT32) {
      metadata.remove(IDENTITY);
      metadata.remove(HISTORY);
    }
    program.save(file, metadata, weights);
  }

  /** Whether it says a score, not which class is how likely. */
  public boolean scores() {
    return classes.isEmpty();
  }

  /** How many numbers it says of an example: a logit for each class, or one score. */
  public int outputs() {
    return scores() ? 1 : classes.size();
  }

  private static int outputs(Program program) {
    Shape[] one = program.inputs().stream().map(i -> i.batch(1)).toArray(Shape[]::new);
    return program.outputShape(one).last();
  }

  /**
   * A metadata entry that holds JSON; null if there is no such entry.
   *
   * @throws FormatException if it is no JSON
   */
  public static Object json(Path file, String key, Map<String, String> metadata)
      throws FormatException {
    String text = metadata.get(key);
    try {
      return text == null ? null : Json.parse(text);
    } catch (FormatException e) {
      throw new FormatException(file + ": metadata \"" + key + "\": " + e.getMessage(), e);
    }
  }

  /** The weights by name. */
  public Map<String, Tensor> weights() {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (Program.Constant c : program.constants()) {
      weights.put(c.name(), c.value());
    }
    return weights;
  }
}
