package limbeck.autograd.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.engine.io.Safetensors;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * Values and gradients that PyTorch computed in float64, one case of one file: the scripts in
 * {@code bench/oracle} write them.
 */
public final class Oracle {
  /** Largest |ours − PyTorch's|, relative to |PyTorch's|. */
  private static final double TOLERANCE = 1e-10;

  /**
   * What terms of about 1 may leave behind where they cancel: a few dozen roundings of double,
   * which norms of equal elements multiply by 1/√ε, about 300.
   */
  private static final double CANCELLED = 1e-12;

  private static final Map<String, Map<String, Tensor>> FILES = new ConcurrentHashMap<>();

  private final String place;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private Oracle(String file, String caseName) {
    place = file + ", " + caseName;
    read(file)
        .forEach(
            (name, t) -> {
              if (name.startsWith(caseName + "/")) {
                tensors.put(name.substring(caseName.length() + 1), t);
              }
            });
    assertTrue(!tensors.isEmpty(), file + ".safetensors has no case " + caseName);
  }

  /** All tensors of a file, read once. */
  private static Map<String, Tensor> read(String file) {
    return FILES.computeIfAbsent(
        file,
        f -> {
          String resource = f + ".safetensors";
          try (InputStream in = Oracle.class.getResourceAsStream(resource)) {
            assertNotNull(in, "no " + resource + "; run bench/oracle/" + f + ".py");
            return Safetensors.parse(in.readAllBytes(), resource).tensors();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** The names of a file's cases, in order. */
  public static Set<String> cases(String file) {
    Set<String> cases = new LinkedHashSet<>();
    for (String name : read(file).keySet()) {
      cases.add(name.substring(0, name.lastIndexOf('/')));
    }
    return cases;
  }

  /** Whether this case has a tensor. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** A case of {@code file}.safetensors. */
  public static Oracle of(String file, String caseName) {
    return new Oracle(file, caseName);
  }

  /**
   * A tensor of this case, which must be there; {@code name[from:to]} for entries of its leading
   * axis, where PyTorch stacks what we have one by one.
   */
  public Tensor get(String name) {
    int bracket = name.indexOf('[');
    Tensor t = tensors.get(bracket < 0 ? name : name.substring(0, bracket));
    assertNotNull(t, place + ": no tensor " + name + " among " + tensors.keySet());
    if (bracket < 0) {
      return t;
    }
    String[] range = name.substring(bracket + 1, name.length() - 1).split(":");
    return t.slice(Integer.parseInt(range[0]), Integer.parseInt(range[1]));
  }

  /** Input {@code in.NAME}, asking for a gradient. */
  public Var input(String name) {
    return Var.input(get("in." + name));
  }

  /** Integer operand {@code int.NAME}. */
  public Var integers(String name) {
    return Var.of(get("int." + name));
  }

  /**
   * Gives a float64 model PyTorch's parameters.
   *
   * @param renamed from a path of ours to the name there
   */
  public void load(Module model, UnaryOperator<String> renamed) {
    model.allocate(limbeck.engine.tensor.DType.F64);
    model
        .parameters()
        .parameters()
        .forEach((path, p) -> p.value().copyFrom(get("p." + renamed.apply(path))));
    model.parameters().changed();
  }

  /**
   * Runs forward and backward and compares output, gradients of all parameters, and gradients of
   * the inputs named.
   */
  public void check(
      Module model,
      UnaryOperator<String> renamed,
      Map<String, Var> inputs,
      Function<Map<String, Var>, Var> forward) {
    try (Tape tape = Tape.open(new OpContext())) {
      Var out = forward.apply(inputs);
      assertClose("out", out.value());
      tape.backward(out.times(Var.of(get("gradOut"))).sum());
      inputs.forEach((name, x) -> assertClose("grad.in." + name, x.gradient()));
    }
    for (Map.Entry<String, Parameter> e : model.parameters().parameters().entrySet()) {
      assertClose("grad.p." + renamed.apply(e.getKey()), e.getValue().gradient());
    }
  }

  /** Runs an op on {@link #operands} of this case, and compares result and gradients. */
  public void check(Op op, String... operands) {
    Var[] in = operands(operands);
    check(operands, in, () -> in[0].apply(op, Arrays.copyOfRange(in, 1, in.length)));
  }

  /** The operands of these names: {@code in.x} asks for a gradient, others are constants. */
  public Var[] operands(String... names) {
    return Arrays.stream(names)
        .map(name -> name.startsWith("in.") ? Var.input(get(name)) : Var.of(get(name)))
        .toArray(Var[]::new);
  }

  /** Runs forward and backward and compares the result, and gradients of operands that ask. */
  public void check(String[] names, Var[] in, Supplier<Var> forward) {
    check(names, in, forward, CANCELLED);
  }

  /**
   * Likewise, and results near 0 must be near PyTorch's as well.
   *
   * @param absolute what a number may be off beside 1e−10 of itself
   */
  public void check(String[] names, Var[] in, Supplier<Var> forward, double absolute) {
    try (Tape tape = Tape.open(new OpContext())) {
      Var out = forward.get();
      assertClose("out", out.value(), absolute);
      if (Arrays.stream(in).anyMatch(Var::needsGradient)) {
        tape.backward(out.times(Var.of(get("gradOut"))).sum());
      }
      for (int k = 0; k < in.length; k++) {
        if (in[k].needsGradient()) {
          assertClose("grad." + names[k], in[k].gradient(), absolute);
        }
      }
    }
  }

  /** Compares a tensor of ours with one of this case. */
  public void assertClose(String name, Tensor actual) {
    assertClose(name, actual, CANCELLED);
  }

  private void assertClose(String name, Tensor actual, double absolute) {
    Tensor expected = get(name);
    assertNotNull(actual, place + ": " + name + " is missing");
    assertEquals(expected.shape(), actual.shape(), place + ": shape of " + name);
    for (int i = 0; i < expected.size(); i++) {
      double e = expected.get(i);
      double a = actual.get(i);
      boolean same = Double.compare(a + 0.0, e + 0.0) == 0; // infinities too, and NaN
      assertTrue(
          same || Math.abs(a - e) <= TOLERANCE * Math.abs(e) + absolute,
          place + ": " + name + "[" + i + "] is " + a + ", PyTorch has " + e);
    }
  }
}
