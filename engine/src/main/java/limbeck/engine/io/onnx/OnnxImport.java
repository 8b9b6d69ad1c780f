package limbeck.engine.io.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import limbeck.engine.io.FormatException;
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
  private final OnnxModel model;
  private final OnnxInputs inputs;

  private List<String> chosen = List.of();

  private OnnxImport(OnnxModel model) {
    this.model = model;
    this.inputs = new OnnxInputs(model);
  }

  /** An import of a model. */
  public static OnnxImport of(OnnxModel model) {
    return new OnnxImport(model);
  }

  /** Takes an input as this tensor, always: the program has no such input. */
  public OnnxImport with(String input, Tensor value) {
    requireInput(input);
    inputs.fixed.put(input, value);
    return this;
  }

  /** Gives an input a shape, so that none of its axes is free. */
  public OnnxImport shape(String input, Shape shape) {
    requireInput(input);
    inputs.shapes.put(input, shape);
    return this;
  }

  /** Chooses outputs; others, and what only they need, are left out. */
  public OnnxImport outputs(String... names) {
    for (String name : names) {
      if (model.outputs().stream().noneMatch(o -> o.name().equals(name))) {
        throw new IllegalArgumentException(
            model.source()
                + ": no output "
                + FormatException.quote(name)
                + "; it has "
                + model.outputs().stream().map(OnnxValue::name).toList());
      }
    }
    chosen = List.of(names);
    return this;
  }

  /** Takes examples of the only input as rows of numbers, which get the input's shape first. */
  public OnnxImport flat() {
    inputs.flat = true;
    return this;
  }

  /**
   * Normalizes the only input first: (x − mean) / deviation.
   *
   * @param mean one number, or one for each channel, the axis after the batch
   * @param deviation as many
   */
  public OnnxImport normalized(List<Double> mean, List<Double> deviation) {
    inputs.means = List.copyOf(mean);
    inputs.deviations = List.copyOf(deviation);
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
    Lowering to = new Lowering(inputs.samples());
    Map<String, Value> values = new LinkedHashMap<>();
    Map<Tensor, String> names = new IdentityHashMap<>();
    for (OnnxTensor weight : model.weights().values()) {
      values.put(weight.name(), to.weight(weight.type(), weight.value()));
      names.put(weight.value(), weight.name());
    }
    inputs.addTo(to, values);
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
    Value[] made = attempt(node, to, in);
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

  private Value[] attempt(OnnxNode node, Lowering to, List<Value> in) throws FormatException {
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
      boolean given = inputs.fixed.containsKey(input.name());
      if (input.axes() != null && input.axes().size() <= 1 && !given) {
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
      if (!chosen.isEmpty() && !chosen.contains(output.name())) {
        continue;
      }
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
