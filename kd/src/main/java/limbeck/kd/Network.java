package limbeck.kd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Taps;
import limbeck.autograd.Var;
import limbeck.autograd.module.Embedding;
import limbeck.autograd.module.Linear;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.data.Inputs;

/**
 * A network that teaches or learns: of a batch of examples it gives logits [batch, classes]. Which
 * kind of {@link Inputs} it reads, and which taps it has, its subclass says. Made by {@link
 * Architecture#build}.
 */
public abstract class Network extends Module {
  /** A network without layers yet. */
  protected Network() {}

  /** What reports call it: the architecture's name. */
  public abstract String name();

  /** The number of logits. */
  public abstract int classes();

  /**
   * Logits [batch, classes].
   *
   * @throws IllegalArgumentException if it reads inputs of another kind
   */
  public abstract Var forward(Inputs in);

  /** Some example, whatever it says: for a look at the shapes in a pass. */
  public abstract Inputs sample();

  /** An example that is longer than {@link #sample}, where they differ in length; else the same. */
  public Inputs longSample() {
    return sample();
  }

  /**
   * What cuts examples into steps: networks whose cutters are equal see the same steps of an
   * example, so that these can be compared one by one. Null where examples have no steps.
   */
  public Object cutter() {
    return null;
  }

  /** How many steps each example has, I32 [batch]; null where they have none. */
  public Tensor lengths(Inputs in) {
    return null;
  }

  /**
   * The network in evaluation mode, traced: what is deployed.
   *
   * @throws IllegalStateException if it has no parameters yet
   */
  public abstract Program program();

  /** What {@link #program} is given for some examples, input by input. */
  public abstract Tensor[] tensors(Inputs in);

  /**
   * Multiply-adds of one example, as {@link limbeck.autograd.Summary} counts them; where examples
   * differ in size, of a usual one. Leaves the network in evaluation mode.
   *
   * @throws IllegalStateException if it has no parameters yet
   */
  public abstract long multiplyAdds();

  /**
   * The layers that give the logits: one, or several of which the logits are a weighted mean. In
   * either case a number that is added to a bias of each is added to the logit. None where there
   * are no such layers, as in an ensemble whose members' probabilities are averaged.
   */
  public abstract List<Linear> classifiers();

  /** Fully connected layers before the last one, first to last; often none. */
  public List<Linear> hiddenLayers() {
    return List.of();
  }

  /**
   * How many of its parameters are vectors of tokens, which are looked up and not multiplied: what
   * comparisons of size in the literature leave out. 0 where there are none.
   *
   * @throws IllegalStateException if it has no parameters yet
   */
  public final long embeddingParameters() {
    List<String> paths = new ArrayList<>();
    embeddings("", this, paths);
    return state().entrySet().stream()
        .filter(e -> paths.stream().anyMatch(e.getKey()::startsWith))
        .mapToLong(e -> e.getValue().shape().size())
        .sum();
  }

  /**
   * How many of its parameters are never trained, such as those of a language model whose layers it
   * reads. 0 where there are none.
   *
   * @throws IllegalStateException if it has no parameters yet
   */
  public final long frozenParameters() {
    return parameters().parameters().values().stream()
        .filter(Parameter::frozen)
        .mapToLong(p -> p.shape().size())
        .sum();
  }

  private static void embeddings(String path, Module part, List<String> paths) {
    if (part instanceof Embedding) {
      paths.add(path);
    }
    part.children().forEach((name, child) -> embeddings(path + name + ".", child, paths));
  }

  /** What a model file must tell beside the program, so that it can be used: by key. */
  public Map<String, String> facts() {
    return Map.of();
  }

  /** Draws the values that a training begins with; some kinds take part of them from elsewhere. */
  public void begin(long seed) {
    init(seed);
  }

  /** Logits in the mode that the network is in, recorded by no tape. */
  public final Tensor infer(Inputs in, OpContext context) {
    return infer(context, () -> forward(in));
  }

  /** Logits and the activations of taps, all recorded by the tape that is open, if one is. */
  public final Outputs outputs(Inputs in, List<String> taps) {
    if (taps.isEmpty()) {
      return new Outputs(forward(in));
    }
    Taps listening = Taps.of(taps.toArray(String[]::new));
    Var logits = listening.during(() -> forward(in));
    Map<String, Var> features = new LinkedHashMap<>();
    taps.forEach(tap -> features.put(tap, listening.get(tap)));
    return new Outputs(logits, features, List.of(), lengths(in));
  }

  /**
   * Takes its values out of a network of its kind that has more layers.
   *
   * @param whole the state of the other network
   * @param layers numbers from 0 of the other's layers, one for each of this one's
   * @throws IllegalArgumentException if networks of this kind cannot, or the other has no such
   *     layer
   * @throws ShapeException as {@link #load}
   */
  public void loadLayers(Map<String, Tensor> whole, List<Integer> layers) {
    throw new IllegalArgumentException(
        name() + ": only transformers can start from some of another network's layers");
  }

  /**
   * Takes its values out of a network that it is a part of ({@link Architecture#part}). A tensor
   * has the same name there, or, where the output has a layer of its own, the same name behind the
   * output's and a dot.
   *
   * @param output which part this is
   * @param whole the state of the other network
   * @throws ShapeException as {@link #load}
   */
  public final void loadPart(String output, Map<String, Tensor> whole) {
    allocate(DType.F32);
    Map<String, Tensor> part = new LinkedHashMap<>();
    for (String name : state().keySet()) {
      String own = output + "." + name;
      String found = whole.containsKey(own) ? own : name;
      if (whole.containsKey(found)) {
        part.put(name, whole.get(found));
      }
    }
    load(part);
  }
}
