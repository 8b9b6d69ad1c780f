package limbeck.autograd.module;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Tracer;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** A traced layer, saved and loaded again, is the layer: bit for bit, in any batch. */
final class TraceCheck {
  private static final int[] BATCHES = {1, 3, 17};

  private TraceCheck() {}

  /** Draws the model's parameters and checks it on normal float inputs of examples so shaped. */
  static void require(Module model, Path folder, int... example) throws IOException {
    model.init(11);
    requireAsIs(model, folder, example);
  }

  /** Checks a model that has values already. */
  static void requireAsIs(Module model, Path folder, int... example) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Tracer.trace(model, DType.F32, Shape.of(example)).save(file, Map.of());
    Program program = Program.load(file);
    OpContext context = new OpContext(Workers.inline());
    for (int batch : BATCHES) {
      int[] axes = new int[example.length + 1];
      axes[0] = batch;
      System.arraycopy(example, 0, axes, 1, example.length);
      Tensor x = normal(batch, axes);
      Tensor expected = model.infer(x, context);
      Tensor y = Tensor.zeros(DType.F32, expected.shape());
      program.runner(Workers.inline()).run(x, y);
      assertSameBits(expected, y, "batch of " + batch);
      context.workspace().reset();
    }
  }
}
