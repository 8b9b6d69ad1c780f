package limbeck.engine.io.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import limbeck.engine.io.FormatException;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Makes a program of an ONNX model. What depends on weights and fixed sizes alone is computed while
 * it is imported. Axes that the model leaves free stay free: the first axis of an input is the
 * batch if all inputs that have a free one there call it the same, or nothing.
 *
 * <pre>{@code
 * Program program = OnnxImport.of(OnnxModel.read(file)).program();
 * }</pre>
 */
public final class OnnxImport {
  /**
   * Sizes that free axes have in the samples. They are in no order, so that an axis and another one
   * made longer or multiplied, as convolutions do, cannot have the same sizes in all of them.
   */
  private static final int[][] SIZES = {
    {5, 7, 11, 13, 17, 19, 23, 29},
    {37, 103, 59, 211, 83, 307, 131, 401},
    {67, 43, 151, 53, 229, 79, 193, 113}
  };

  private final OnnxModel model;
  private final Map<String, Tensor> fixed = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private OnnxImport(OnnxModel model) {
    this.model = model;
  }

  /** An import of a model. */
  public static OnnxImport of(OnnxModel model) {
    return new OnnxImport(model);
  }

  /** Takes an input as this tensor, always: the program has no such input. */
  public OnnxImport with(String input, Tensor value) {
    requireInput(input);
    fixed.put(input, value);
    return this;
  }

  /** Gives an input a shape, so that none of its axes is free. */
  public OnnxImport shape(String input, Shape shape) {
    requireInput(input);
    shapes.put(input, shape);
    return this;
  }

  private OnnxValue requireInput(String name) {
    for (OnnxValue input : model.inputs()) {
      if (input.name().equals(name)) {
        return input;
      }
    }
    throw new IllegalArgumentException(
        model.source()
            + ": no input "
            + FormatException.quote(name)
            + "; it has "
            + model.inputs().stream().map(OnnxValue::name).toList());
  }

  /**
   * The program of the model, with all its outputs.
   *
   * @throws FormatException if the model has operators that are not known, all of which it names,
   *     or a node that is not imported
   */
  public Program program() throws FormatException {
    OnnxProgram made = lower();
    if (!made.known().isEmpty()) {
      throw error("output " + made.known().keySet() + " does not depend on an input");
    }
    return made.program();
  }

  /**
   * The program of the model, and those outputs that do not depend on its inputs.
   *
   * @throws FormatException as {@link #program}
   */
  public OnnxProgram lower() throws FormatException {
    requireOperators();
    Lowering to = new Lowering(hasFreeAxes() ? SIZES.length : 1);
    Map<String, Value> values = new LinkedHashMap<>();
    Map<Tensor, String> names = new IdentityHashMap<>();
    for (OnnxTensor weight : model.weights().values()) {
      values.put(weight.name(), to.weight(weight.type(), weight.value()));
      names.put(weight.value(), weight.name());
    }
    addInputs(to, values);
    for (OnnxNode node : model.nodes()) {
      lower(node, to, values);
    }
    return finished(to, values, names);
  }

  private void requireOperators() throws FormatException {
    Map<String, Integer> unknown = new TreeMap<>();
    for (OnnxNode node : model.nodes()) {
      if (!Operator.ALL.containsKey(node.qualified())) {
        unknown.merge(node.qualified(), 1, Integer::sum);
      }
    }
    if (!unknown.isEmpty()) {
      throw error("operators that are not known: " + unknown + " (with the number of nodes)");
    }
  }

  private boolean isFree(OnnxValue input) {
    return !fixed.containsKey(input.name())
        && !shapes.containsKey(input.name())
        && input.axes() != null
        && input.axes().stream().anyMatch(OnnxValue.Axis::isFree);
  }

  private boolean hasFreeAxes() {
    return model.inputs().stream().anyMatch(this::isFree);
  }

  private void addInputs(Lowering to, Map<String, Value> values) throws FormatException {
    Map<String, Integer> symbols = new LinkedHashMap<>();
    String batch = batchSymbol();
    symbols.put(batch, 0);
    for (OnnxValue input : model.inputs()) {
      if (input.type() == null) {
        throw error("input " + FormatException.quote(input.name()) + " has a type not read");
      }
      Value made;
      try {
        Tensor value = fixed.get(input.name());
        made =
            value != null
                ? to.weight(input.type(), value)
                : isFree(input) ? free(to, input, symbols, batch) : whole(to, input);
      } catch (IllegalArgumentException e) { // what inputs and shapes refuse
        throw new FormatException(model.source() + ": " + e.getMessage(), e);
      }
      if (values.put(input.name(), made) != null) {
        throw error("two values are named " + FormatException.quote(input.name()));
      }
    }
  }

  /** What the first axis of the first input that has a free one there is called. */
  private String batchSymbol() {
    for (OnnxValue input : model.inputs()) {
      if (isFree(input) && input.axes().get(0).isFree()) {
        return input.axes().get(0).symbol();
      }
    }
    return "";
  }

  private Value whole(Lowering to, OnnxValue input) throws FormatException {
    Shape shape = shapes.get(input.name());
    if (shape == null) {
      if (input.axes() == null || input.axes().size() > Shape.MAX_AXES) {
        throw error("input " + FormatException.quote(input.name()) + " has no shape; give it one");
      }
      int[] sizes = input.axes().stream().mapToInt(a -> (int) a.size()).toArray();
      shape = Shape.of(sizes);
    }
    Shape[] same = new Shape[to.samples()];
    Arrays.fill(same, shape);
    return to.input(Input.whole(input.name(), input.type().stored(), shape), input.type(), same);
  }

  private Value free(Lowering to, OnnxValue input, Map<String, Integer> symbols, String batch)
      throws FormatException {
    List<OnnxValue.Axis> axes = input.axes();
    boolean batched = axes.get(0).isFree() && axes.get(0).symbol().equals(batch);
    Shape[] samples = new Shape[to.samples()];
    List<Integer> freeAxes = new ArrayList<>();
    int[][] sizes = new int[samples.length][axes.size()];
    for (int i = 0; i < axes.size(); i++) {
      OnnxValue.Axis axis = axes.get(i);
      int number = -1;
      if (axis.isFree()) {
        boolean named = !axis.symbol().isEmpty() || i == 0 && batched;
        String key = named ? axis.symbol() : input.name() + "\n" + i;
        number = symbols.computeIfAbsent(key, k -> symbols.size());
        if (number >= SIZES[0].length) {
          throw error("more than " + SIZES[0].length + " free sizes; give inputs shapes");
        }
        if (i > 0 || !batched) {
          freeAxes.add(batched ? i - 1 : i);
        }
      }
      for (int s = 0; s < samples.length; s++) {
        sizes[s][i] = number < 0 ? (int) axis.size() : SIZES[s][number];
      }
    }
    for (int s = 0; s < samples.length; s++) {
      samples[s] = Shape.of(sizes[s]);
    }
    int[] example = Arrays.copyOfRange(sizes[0], batched ? 1 : 0, axes.size());
    Input made =
        new Input(input.name(), input.type().stored(), Shape.of(example), freeAxes, batched);
    return to.input(made, input.type(), samples);
  }

  private void lower(OnnxNode node, Lowering to, Map<String, Value> values) throws FormatException {
    List<Value> in = new ArrayList<>();
    for (String name : node.inputs()) {
      Value v = name.isEmpty() ? null : values.get(name);
      if (v == null && !name.isEmpty()) {
        throw error(
            node.describe() + " reads " + FormatException.quote(name) + ", which is not there yet");
      }
      in.add(v);
    }
    while (!in.isEmpty() && in.get(in.size() - 1) == null) {
      in.remove(in.size() - 1);
    }
    Value[] made = attempt(node, to, in, values);
    for (int k = 0; k < node.outputs().size(); k++) {
      String name = node.outputs().get(k);
      Value v = k < made.length ? made[k] : null;
      if (v == null && !name.isEmpty()) {
        throw error(node.describe() + " has no output " + k + " here");
      }
      if (v != null && !name.isEmpty() && values.putIfAbsent(name, v) != null) {
        throw error("two values are named " + FormatException.quote(name));
      }
    }
  }

  private Value[] attempt(OnnxNode node, Lowering to, List<Value> in, Map<String, Value> values)
      throws FormatException {
    try {
      return lowered(node, to, in);
    } catch (UnknownException e) {
      throw new OnnxUnknownInput(
          model.source() + ": " + node.describe() + " " + e.getMessage(), integerInputs(e.value()));
    } catch (UnsupportedException e) {
      throw error(node.describe() + " " + e.getMessage());
    } catch (IllegalArgumentException | ArithmeticException e) { // what shapes and ops refuse
      throw new FormatException(model.source() + ": " + node.describe() + ": " + e.getMessage(), e);
    } catch (IndexOutOfBoundsException | NegativeArraySizeException | NullPointerException e) {
      // operators look for axes, settings and operands where they have them: here are fewer
      throw new FormatException(
          model.source()
              + ": "
              + node.describe()
              + " has operands, axes or settings that its operator does not: "
              + e.getMessage(),
          e);
    }
  }

  /** A node of values that are all known, but depend on sizes, is done for each sample alone. */
  private Value[] lowered(OnnxNode node, Lowering to, List<Value> in) {
    Operator operator = Operator.ALL.get(node.qualified());
    boolean known = to.samples() > 1 && !in.isEmpty();
    boolean constant = true;
    for (Value v : in) {
      known &= v == null || v.isKnown();
      constant &= v == null || v.isConstant();
    }
    boolean cuts = // a table, to a length
        node.qualified().equals("Slice")
            && !in.isEmpty()
            && in.get(0) != null
            && in.get(0).isConstant();
    if (!known || constant || cuts) {
      return operator.lower(new Call(node, model.opset(), in, to));
    }
    Value[][] results = new Value[to.samples()][];
    for (int s = 0; s < results.length; s++) {
      List<Value> alone = new ArrayList<>();
      for (Value v : in) {
        alone.add(v == null ? null : Value.known(v.type(), v.tensor(s)));
      }
      results[s] = operator.lower(new Call(node, model.opset(), alone, to.alone()));
    }
    Value[] together = new Value[results[0].length];
    for (int k = 0; k < together.length; k++) {
      if (results[0][k] != null) {
        Tensor[] samples = new Tensor[results.length];
        for (int s = 0; s < samples.length; s++) {
          samples[s] = results[s][k].tensor(0);
        }
        together[k] = Value.known(results[0][k].type(), samples);
      }
    }
    return together;
  }

  /** The inputs of whole numbers that a value is computed from. */
  private Set<String> integerInputs(String value) {
    Map<String, OnnxNode> makers = new LinkedHashMap<>();
    for (OnnxNode node : model.nodes()) {
      node.outputs().forEach(name -> makers.put(name, node));
    }
    Set<String> seen = new HashSet<>();
    List<String> left = new ArrayList<>(List.of(value));
    Set<String> small = new HashSet<>();
    for (OnnxValue input : model.inputs()) {
      if (input.axes() != null && input.axes().size() <= 1 && !fixed.containsKey(input.name())) {
        small.add(input.name());
      }
    }
    Set<String> found = new HashSet<>();
    while (!left.isEmpty()) {
      String name = left.remove(left.size() - 1);
      if (seen.add(name) && makers.containsKey(name)) {
        left.addAll(makers.get(name).inputs());
      }
      if (small.contains(name)) {
        found.add(name);
      }
    }
    return found;
  }

  private OnnxProgram finished(Lowering to, Map<String, Value> values, Map<Tensor, String> names)
      throws FormatException {
    List<String> computed = new ArrayList<>();
    List<Value> outputs = new ArrayList<>();
    List<OnnxType> types = new ArrayList<>();
    Map<String, Tensor> known = new LinkedHashMap<>();
    for (OnnxValue output : model.outputs()) {
      Value v = values.get(output.name());
      if (v == null) {
        throw error("no node makes the output " + FormatException.quote(output.name()));
      }
      if (v.isConstant()) {
        known.put(output.name(), v.tensor(0).to(v.type().stored()));
        continue;
      }
      if (v.isKnown()) {
        throw error(
            "output " + FormatException.quote(output.name()) + " is a size of inputs; give them");
      }
      computed.add(output.name());
      outputs.add(to.result(v));
      types.add(v.type());
    }
    try {
      Program program = outputs.isEmpty() ? null : to.program(outputs, names);
      return new OnnxProgram(program, computed, types, known);
    } catch (IllegalArgumentException | UnsupportedException e) {
      throw new FormatException(model.source() + ": " + e.getMessage(), e);
    }
  }

  private FormatException error(String problem) {
    return new FormatException(model.source() + ": " + problem);
  }
}
