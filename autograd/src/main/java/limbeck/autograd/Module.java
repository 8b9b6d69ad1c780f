package limbeck.autograd;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A part of a model: parameters, buffers (state that is not learned by gradient) and children,
 * registered by name in the constructor. A parameter's path, such as {@code 0.weight}, is its
 * tensor name in files. A module registered in two places is one module with tied parameters: it
 * goes by its first path. So do single parameters that are {@link #tie tied}.
 *
 * <p>Parameters have no values until {@link #init} or {@link #load} of the whole model. A new model
 * is in evaluation mode; {@link #train} starts a training step.
 *
 * <pre>{@code
 * final class Residual extends Module {
 *   private final Linear map = child("map", new Linear(64, 64));
 *
 *   @Override
 *   public Var forward(Var x) {
 *     return x.plus(map.forward(x).apply(new Relu()));
 *   }
 * }
 * }</pre>
 */
public abstract class Module {
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();
  private final Map<String, Buffer> constants = new LinkedHashMap<>();
  private final Map<String, Module> children = new LinkedHashMap<>();
  private ParameterStore store;
  private String path = "";
  private Mode mode = Mode.EVALUATION;

  /** A module without parameters yet. */
  protected Module() {}

  /**
   * What a forward pass is for: training with random numbers for this seed and step, or evaluation.
   *
   * @param training whether random layers draw, and statistics adapt
   * @param seed of the run; 0 in evaluation
   * @param step number of the training step; 0 in evaluation
   */
  protected record Mode(boolean training, long seed, long step) {
    static final Mode EVALUATION = new Mode(false, 0, 0);
  }

  /** The output for an input. */
  public abstract Var forward(Var x);

  /**
   * Registers a parameter.
   *
   * @throws IllegalArgumentException if the name is empty, taken, or contains a dot; likewise for
   *     buffers, constants and children
   */
  protected final Parameter parameter(String name, Shape shape, Init init) {
    Parameter p = new Parameter(name, shape, init);
    register(parameters, name, p);
    return p;
  }

  /** Registers a buffer that starts with one value in all elements. */
  protected final Buffer buffer(String name, Shape shape, double start) {
    Buffer b = new Buffer(shape, t -> t.fill(start));
    register(buffers, name, b);
    return b;
  }

  /**
   * Registers a constant, such as a table that a formula gives: a program holds it, but it is no
   * part of {@link #state}.
   *
   * @param values writes every element of a tensor of the model's type
   */
  protected final Buffer constant(String name, Shape shape, Consumer<Tensor> values) {
    Buffer b = new Buffer(shape, values);
    register(constants, name, b);
    return b;
  }

  /** Registers a part of this module. */
  protected final <M extends Module> M child(String name, M module) {
    register(children, name, module);
    return module;
  }

  /**
   * Ties a parameter to another of its shape, such as the weights of a language model's last layer
   * to its embedding table: they are one parameter with two names, whose gradient is the sum over
   * the uses of both. It lies in the store once, is drawn by the initialiser of {@code to}, and
   * goes by the path that comes first in the model. Press and Wolf 2017, arXiv:1608.05859.
   *
   * <pre>{@code
   * tie(output.weight(), embedding.weight());
   * }</pre>
   *
   * @throws ShapeException if the shapes differ
   * @throws IllegalStateException if {@code tied} has values already: tie in the constructor
   */
  protected final void tie(Parameter tied, Parameter to) {
    tied.tie(to);
  }

  /**
   * Offers an inner activation under a name, for whoever asks for it: see {@link Taps}.
   *
   * <pre>{@code
   * Var hidden = tap("hidden", map.forward(x).apply(new Relu()));
   * }</pre>
   *
   * @return the value
   */
  protected final Var tap(String name, Var value) {
    Taps.offer(path, name, value);
    return value;
  }

  /**
   * Whether somebody asks for a tap in this pass, so that a module may spare itself what is only
   * computed to be looked at.
   */
  protected final boolean asked(String name) {
    return Taps.asksFor(path, name);
  }

  private <T> void register(Map<String, T> where, String name, T what) {
    if (name.isEmpty() || name.indexOf('.') >= 0) {
      throw new IllegalArgumentException(
          "module: name \""
              + name
              + "\" is empty or contains a dot; dots separate the names of a"
              + " path");
    }
    if (Stream.of(parameters, buffers, constants, children).anyMatch(m -> m.containsKey(name))) {
      throw new IllegalArgumentException("module: name \"" + name + "\" is taken");
    }
    where.put(name, what);
  }

  /** The mode of the forward pass at hand. */
  protected final Mode mode() {
    return mode;
  }

  /**
   * This module's path in the model that was laid out last by {@link #init} or {@link #load}: names
   * of its ancestors and its own, joined by dots; empty for the root.
   */
  protected final String path() {
    return path;
  }

  /** The children by name, in the order of registration. */
  public final Map<String, Module> children() {
    return Collections.unmodifiableMap(children);
  }

  /**
   * Training mode for one step: random layers draw from the seed, their path and the step's number,
   * and from nothing else.
   */
  public final void train(long seed, long step) {
    setMode(new Mode(true, seed, step));
  }

  /** Evaluation mode: dropout off, statistics fixed. */
  public final void evaluate() {
    setMode(Mode.EVALUATION);
  }

  private void setMode(Mode newMode) {
    mode = newMode;
    for (Module child : children.values()) {
      child.setMode(newMode);
    }
  }

  /** Freezes or unfreezes all parameters of this part; see {@link Parameter#freeze}. */
  public final void freeze(boolean on) {
    freeze(path -> true, on);
  }

  /**
   * Freezes or unfreezes the parameters of this part whose path in it is chosen.
   *
   * <pre>{@code
   * model.freeze(path -> path.startsWith("encoder."), true);
   * }</pre>
   */
  public final void freeze(Predicate<String> paths, boolean on) {
    new Inventory(this)
        .parameters()
        .forEach(
            (path, p) -> {
              if (paths.test(path)) {
                p.freeze(on);
              }
            });
  }

  /** Creates and draws all float32 parameters of this model. */
  public final Module init(long seed) {
    allocate(DType.F32).init(seed);
    return this;
  }

  /**
   * Creates all parameters of this model in a floating type, filled with zeros: {@link
   * ParameterStore#init} draws them, {@link #load} reads them. Parameters laid out before leave
   * their store.
   */
  public final ParameterStore allocate(DType type) {
    Inventory all = new Inventory(this);
    all.modules().forEach((at, module) -> module.path = at);
    store = new ParameterStore(all.parameters(), type);
    all.buffers().values().forEach(b -> b.allocate(type));
    all.constants().values().forEach(b -> b.allocate(type));
    return store;
  }

  /** This module's own parameters by name, without those of its children. */
  final Map<String, Parameter> ownParameters() {
    return parameters;
  }

  /** This module's own buffers by name. */
  final Map<String, Buffer> ownBuffers() {
    return buffers;
  }

  /** This module's own constants by name. */
  final Map<String, Buffer> ownConstants() {
    return constants;
  }

  /**
   * All parameters of this model, for an optimizer.
   *
   * @throws IllegalStateException before {@link #init} or {@link #load}, or if parameters lie in
   *     the store of another model that shares them
   */
  public final ParameterStore parameters() {
    if (store == null) {
      throw new IllegalStateException(
          "module: no parameters of its own yet; call init or load on the whole model, and take"
              + " the whole model's parameters()");
    }
    store.requireCurrent();
    return store;
  }

  /**
   * Values of all parameters and buffers by path, as views: what a checkpoint holds.
   *
   * @throws IllegalStateException before {@link #init} or {@link #load}
   */
  public final Map<String, Tensor> state() {
    return state(new Inventory(this));
  }

  private static Map<String, Tensor> state(Inventory all) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    all.parameters().forEach((path, p) -> state.put(path, p.value()));
    all.buffers().forEach((path, b) -> state.put(path, b.value()));
    return state;
  }

  /**
   * Takes values by path, rounding to this model's type; marks gradients empty. A model without
   * parameters yet gets float32 ones. A part of a model takes its share of the whole's. A tied
   * parameter may come under any of its names. Constants, which programs hold, may be there too:
   * they must be those of this model.
   *
   * @throws ShapeException if a tensor is missing, unknown, or has another shape or an integer
   *     type, or differs under two names of a tied parameter or from a constant; then nothing has
   *     changed
   */
  public final void load(Map<String, Tensor> tensors) {
    Inventory all = new Inventory(this);
    Map<String, Tensor> fitting =
        StateCheck.fitting(all.shapes(), all.furtherNames(), all.constants(), tensors);
    if (!all.parameters().values().stream().allMatch(Parameter::isBound)) {
      allocate(DType.F32);
    }
    state(all).forEach((path, t) -> copy(fitting.get(path), t));
    for (Parameter p : all.parameters().values()) {
      p.setGradient(null);
      p.store().changed();
    }
  }

  private static void copy(Tensor from, Tensor to) {
    to.copyFrom(from.dtype() == to.dtype() ? from : from.to(to.dtype()));
  }

  /**
   * The output for a batch, in the mode that this module is in, computed in a context's workspace
   * and not recorded, even inside an open tape. It lives until that workspace is reset, which the
   * close of a tape on it does.
   */
  public final Tensor infer(Tensor x, OpContext context) {
    return infer(context, () -> forward(Var.of(x)));
  }

  /**
   * What a computation gives, such as a forward pass of several inputs, under the same conditions.
   */
  public static Tensor infer(OpContext context, Supplier<Var> forward) {
    Execution execution = Execution.enter(context, null);
    try {
      return forward.get().value();
    } finally {
      execution.leave();
    }
  }
}
