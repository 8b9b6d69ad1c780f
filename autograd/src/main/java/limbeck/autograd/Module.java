package limbeck.autograd;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A part of a model: parameters, buffers (state that is not learned by gradient) and children,
 * registered by name in the constructor. A parameter's path, such as {@code 0.weight}, is its
 * tensor name in files.
 *
 * <p>Parameters have no values until {@link #init} or {@link #load} of the whole model. A new model
 * is in evaluation mode; {@link #train} starts a training step.
 */
public abstract class Module {
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();
  private final Map<String, Module> children = new LinkedHashMap<>();
  private ParameterStore store;
  private String path = "";
  private Mode mode = Mode.EVALUATION;

  /** A module without parameters yet. */
  protected Module() {}

  /**
   * What a forward pass is for: training with random numbers for this seed and step, or evaluation.
   */
  protected record Mode(boolean training, long seed, long step) {
    static final Mode EVALUATION = new Mode(false, 0, 0);
  }

  /** The output for an input. */
  public abstract Var forward(Var x);

  /** Registers a parameter. */
  protected final Parameter parameter(String name, Shape shape, Init init) {
    Parameter p = new Parameter(name, shape, init);
    register(parameters, name, p);
    return p;
  }

  /** Registers a buffer, filled with zeros. */
  protected final Tensor buffer(String name, Shape shape) {
    Tensor t = Tensor.zeros(DType.F32, shape);
    register(buffers, name, t);
    return t;
  }

  /** Registers a part of this module. */
  protected final <M extends Module> M child(String name, M module) {
    register(children, name, module);
    return module;
  }

  private <T> void register(Map<String, T> where, String name, T what) {
    if (parameters.containsKey(name)
        || buffers.containsKey(name)
        || children.containsKey(name)
        || name.isEmpty()
        || name.indexOf('.') >= 0) {
      throw new IllegalArgumentException(
          "module: name \"" + name + "\" is empty, taken or contains a dot");
    }
    where.put(name, what);
  }

  /** The mode of the forward pass at hand. */
  protected final Mode mode() {
    return mode;
  }

  /**
   * This module's path in the model: names of its ancestors and its own, joined by dots; empty for
   * the root.
   */
  protected final String path() {
    return path;
  }

  /** The children by name. */
  public final Map<String, Module> children() {
    return Collections.unmodifiableMap(children);
  }

  /**
   * Training mode for one step: random layers draw from the seed and the step's number, and from
   * nothing else.
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
    children.values().forEach(c -> c.setMode(newMode));
  }

  /** Creates and draws all float32 parameters of this model. */
  public final Module init(long seed) {
    allocate(DType.F32).init(seed);
    return this;
  }

  /** Creates all parameters of this model in a floating type, undrawn. */
  public final ParameterStore allocate(DType type) {
    Map<String, Parameter> byPath = new LinkedHashMap<>();
    collect("", byPath, new LinkedHashMap<>());
    store = new ParameterStore(byPath, type);
    return store;
  }

  private void collect(
      String prefix, Map<String, Parameter> byPath, Map<String, Tensor> buffersByPath) {
    path = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    parameters.forEach((name, p) -> byPath.put(prefix + name, p));
    buffers.forEach((name, t) -> buffersByPath.put(prefix + name, t));
    children.forEach((name, c) -> c.collect(prefix + name + ".", byPath, buffersByPath));
  }

  /** All parameters of this model. */
  public final ParameterStore parameters() {
    if (store == null) {
      throw new IllegalStateException(
          "module: no parameters yet; call init or load on the whole model");
    }
    return store;
  }

  /** Values of all parameters and buffers by path, as views: what a checkpoint holds. */
  public final Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    Map<String, Parameter> byPath = new LinkedHashMap<>();
    Map<String, Tensor> buffersByPath = new LinkedHashMap<>();
    collect("", byPath, buffersByPath);
    byPath.forEach((name, p) -> state.put(name, p.value()));
    state.putAll(buffersByPath);
    return state;
  }

  /**
   * Takes values by path, rounding to this model's type.
   *
   * @throws ShapeException if a tensor is missing, unknown, or has another shape; then nothing has
   *     changed
   */
  public final void load(Map<String, Tensor> tensors) {
    if (store == null) {
      allocate(DType.F32);
    }
    Map<String, Tensor> own = state();
    check(own, tensors);
    own.forEach(
        (name, t) ->
            t.copyFrom(
                tensors.get(name).dtype() == t.dtype()
                    ? tensors.get(name)
                    : tensors.get(name).to(t.dtype())));
    store.changed();
  }

  private static void check(Map<String, Tensor> own, Map<String, Tensor> tensors) {
    own.forEach(
        (name, t) -> {
          Tensor given = tensors.get(name);
          if (given == null) {
            throw new ShapeException("load: tensor \"" + name + "\" " + t.shape() + " is missing");
          }
          if (!given.shape().equals(t.shape())) {
            throw new ShapeException(
                "load: tensor \""
                    + name
                    + "\" has shape "
                    + given.shape()
                    + ", the model needs "
                    + t.shape());
          }
        });
    for (String name : tensors.keySet()) {
      if (!own.containsKey(name)) {
        throw new ShapeException("load: the model has no tensor \"" + name + "\"");
      }
    }
  }

  /**
   * The output for a batch, computed in a context's workspace and not recorded, even inside an open
   * tape.
   */
  public final Tensor infer(Tensor x, OpContext context) {
    Execution before = Execution.inferring(context).enter();
    try {
      return forward(Var.of(x)).value();
    } finally {
      before.enter();
    }
  }
}
