package limbeck.kd.vision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Buffer;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.engine.op.Op;
import limbeck.engine.op.Reshape;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The network of a model file: one that another program trained and that was imported, say. It
 * begins with the file's weights, teaches as it is where a recipe names the file for them too, and
 * can learn on: what its ops are differentiable in are parameters, the rest, such as the statistics
 * of batch norms, stays as it is. It has no taps.
 */
public final class ProgramNetwork extends ImageNetwork {
  static final Family FAMILY =
      new Family(
          "program:<model file>",
          "the network of a model file, such as one imported from ONNX, with its weights",
          List.of(),
          ProgramNetwork::plan);

  private static final String PREFIX = "program:";

  private final Program program;
  private final Map<String, Var> parameters = new HashMap<>();
  private final Map<String, Buffer> buffers = new HashMap<>();
  private final Map<String, Part> parts = new LinkedHashMap<>();

  private ProgramNetwork(Blueprint b, Program program) {
    super(b);
    this.program = program;
    requireFit(b);
    boolean[] learns = learns();
    for (int k = 0; k < program.constants().size(); k++) {
      Program.Constant c = program.constants().get(k);
      if (!c.value().dtype().isFloating()) {
        throw Blueprint.misfit(b.name(), "holds integers: it is for running alone");
      }
      add(c.name(), c.value(), learns[k]);
    }
  }

  /** Registers a constant under its name, whose dots separate parts. */
  private void add(String name, Tensor value, boolean learns) {
    String[] path = name.split("\\.", -1);
    String last = path[path.length - 1];
    Init init = (t, random) -> t.copyFrom(value.to(t.dtype()));
    Part at = null;
    for (int i = 0; i + 1 < path.length; i++) {
      String next = path[i];
      at = at == null ? parts.computeIfAbsent(next, n -> child(n, new Part())) : at.part(next);
    }
    if (learns) {
      parameters.put(
          name,
          at == null ? parameter(last, value.shape(), init) : at.weight(last, value.shape(), init));
    } else {
      Shape shape = value.shape();
      buffers.put(name, at == null ? buffer(last, shape, 0) : at.statistic(last, shape));
    }
  }

  private static Family.Plan plan(String name) {
    if (!name.startsWith(PREFIX)) {
      return null;
    }
    Path file = Path.of(name.substring(PREFIX.length()));
    return new Family.Plan(name, 0, Map.of(), b -> new ProgramNetwork(b, load(file)));
  }

  private static Program load(Path file) {
    try {
      return Program.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private void requireFit(Blueprint b) {
    boolean one = program.inputs().size() == 1 && program.inputs().get(0).type() == DType.F32;
    if (!one || program.example().size() != b.image().values()) {
      throw Blueprint.misfit(
          b.name(), "takes " + program.inputs() + ", not images of " + b.image().values());
    }
    Shape out = program.outputShape(1);
    if (out.rank() != 2 || out.last() != b.classes()) {
      throw Blueprint.misfit(b.name(), "gives " + out + " for " + b.classes() + " classes");
    }
  }

  /** Which constants all ops that read them are differentiable in. */
  private boolean[] learns() {
    int first = program.inputs().size();
    boolean[] learns = new boolean[program.constants().size()];
    Arrays.fill(learns, true);
    for (Program.Step step : program.steps()) {
      for (int k = 0; k < step.operands().size(); k++) {
        int constant = step.operands().get(k) - first;
        if (constant >= 0 && constant < learns.length) {
          learns[constant] &= step.op().differentiable(k);
        }
      }
    }
    return learns;
  }

  /** The weights of the file. */
  @Override
  public void begin(long seed) {
    init(seed);
    Map<String, Tensor> values = new LinkedHashMap<>();
    program.constants().forEach(c -> values.put(c.name(), c.value()));
    load(values);
  }

  @Override
  public Var forward(Var x) {
    int inputs = program.inputs().size();
    int first = inputs + program.constants().size();
    Var[] values = new Var[first + program.steps().size()];
    values[0] = rows(x);
    for (int k = inputs; k < first; k++) {
      String name = program.constants().get(k - inputs).name();
      Var weight = parameters.get(name);
      values[k] = weight != null ? weight : buffers.get(name).constant();
    }
    for (int i = 0; i < program.steps().size(); i++) {
      Op op = program.steps().get(i).op();
      List<Integer> operands = program.steps().get(i).operands();
      Var[] others = new Var[operands.size() - 1];
      for (int k = 0; k < others.length; k++) {
        others[k] = values[operands.get(k + 1)];
      }
      values[first + i] = values[operands.get(0)].apply(op, others);
    }
    return values[program.outputs().get(0)];
  }

  /** Images as the program takes them. */
  private Var rows(Var x) {
    int[] axes = program.inputs().get(0).batch(1).toArray();
    axes[0] = -1;
    return x.apply(Reshape.to(axes));
  }

  /** Not known: a program has no names for them. */
  @Override
  public List<Linear> classifiers() {
    return List.of();
  }

  /** A step of the way to a weight's name. */
  private static final class Part extends Module {
    private final Map<String, Part> parts = new LinkedHashMap<>();

    Part part(String name) {
      return parts.computeIfAbsent(name, n -> child(n, new Part()));
    }

    Var weight(String name, Shape shape, Init init) {
      return parameter(name, shape, init);
    }

    Buffer statistic(String name, Shape shape) {
      return buffer(name, shape, 0);
    }

    @Override
    public Var forward(Var x) {
      throw new UnsupportedOperationException("a part of a name computes nothing");
    }
  }
}
