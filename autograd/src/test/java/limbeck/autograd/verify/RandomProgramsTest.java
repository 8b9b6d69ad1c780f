package limbeck.autograd.verify;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import limbeck.autograd.Tracer;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs of 5 to 30 ops drawn at random: their gradients are those of difference quotients; a
 * training step has the same bits by any number of threads, by vectors and by plain loops; an
 * example has the same bits in any batch; and what is traced, also when it was saved, does what the
 * tape did. {@code -Dlimbeck.programs=100000} tries more, {@code -Dlimbeck.programs.first=17}
 * begins elsewhere.
 */
class RandomProgramsTest {
  private static final int PROGRAMS = Integer.getInteger("limbeck.programs", 1000);
  private static final long FIRST = Long.getLong("limbeck.programs.first", 1);
  private static final int EXAMPLES = 3;

  /** Largest relative error of a gradient: wrong ones are off by a part of themselves. */
  private static final double GRADIENTS = 1e-5;

  /** Largest error of a float result, as a part of the largest element. */
  private static final double FLOATS = 1e-4;

  /** Programs of which one is saved and loaded. */
  private static final int SAVED = 10;

  private static final Workers THREE = Workers.of(3);

  @TempDir Path folder;

  @AfterAll
  static void close() {
    THREE.close();
  }

  @Test
  void programsKeepWhatIsPromised() throws IOException {
    StringBuilder failures = new StringBuilder();
    int failed = 0;
    for (long seed = FIRST; seed < FIRST + PROGRAMS; seed++) {
      RandomModel model = new RandomModel(seed);
      assertTrue(model.size() >= 5 && model.size() <= 32, model.toString());
      try {
        check(seed, model);
      } catch (AssertionError | RuntimeException e) {
        failed++;
        failures.append(e).append("\n  by ").append(new RandomModel(seed)).append('\n');
      }
    }
    assertEquals(0, failed, () -> "programs failed:\n" + failures);
  }

  private void check(long seed, RandomModel model) throws IOException {
    gradients(seed);
    model.init(seed);
    Tensor x = normal(seed, batch(model));
    Var input = Var.input(x);
    DeterminismCheck.step(model, loss(seed, model, input), input);
    DeterminismCheck.rows(model, x);
    if (!model.jumps()) { // a comparison of what is all but equal may come out either way
      precision(seed, model, x);
    }
    traced(seed, model, x);
  }

  private static int[] batch(RandomModel model) {
    int[] example = model.example();
    int[] axes = new int[example.length + 1];
    axes[0] = EXAMPLES;
    System.arraycopy(example, 0, axes, 1, example.length);
    return axes;
  }

  private static Supplier<Var> loss(long seed, RandomModel model, Var input) {
    return () -> {
      Var y = model.forward(input);
      int[] axes = y.shape().toArray();
      Var target = Var.of(normal(input.value().dtype(), -seed, axes));
      return y.apply(SquaredError.mean(), target);
    };
  }

  private static void gradients(long seed) {
    RandomModel model = new RandomModel(seed);
    model.allocate(DType.F64).init(seed);
    Var input = Var.input(normal(DType.F64, seed, batch(model)));
    ModelCheck.require(model, loss(seed, model, input), GRADIENTS, input);
  }

  /** What float makes of the program, from the same numbers, is near to what double does. */
  private static void precision(long seed, RandomModel model, Tensor x) {
    RandomModel exact = new RandomModel(seed);
    exact.allocate(DType.F64);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    model.state().forEach((name, t) -> weights.put(name, t.to(DType.F64)));
    exact.load(weights);
    OpContext context = new OpContext(Workers.inline());
    Tensor expected = exact.infer(x.to(DType.F64), context).own();
    Tensor found = model.infer(x, context).own();
    double largest = 1;
    for (int i = 0; i < expected.size(); i++) {
      largest = Math.max(largest, Math.abs(expected.get(i)));
    }
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), found.get(i), FLOATS * largest, "float32, element " + i);
    }
  }

  private void traced(long seed, RandomModel model, Tensor x) throws IOException {
    Tensor expected = model.infer(x, new OpContext(Workers.inline())).own();
    Program program = Tracer.trace(model, DType.F32, Shape.of(model.example()));
    if (seed % SAVED == 0) {
      Path file = folder.resolve("program-" + seed + ".safetensors");
      program.save(file, Map.of());
      program = Program.load(file);
    }
    Tensor y = Tensor.zeros(DType.F32, expected.shape());
    program.runner(Workers.inline()).run(x, y);
    assertSameBits(expected, y, "traced");
    y.fill(Double.NaN);
    program.runner(THREE).run(x, y);
    assertSameBits(expected, y, "traced, by 3 threads");
  }
}
