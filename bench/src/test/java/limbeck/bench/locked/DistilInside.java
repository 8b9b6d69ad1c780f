package limbeck.bench.locked;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.optim.Adam;
import limbeck.autograd.optim.Optimizer;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.TensorFile;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.SoftTargets;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.ModelFile;
import limbeck.kd.data.Inputs;
import limbeck.kd.data.RenderedDigits;
import limbeck.kd.data.Sampler;
import limbeck.kd.vision.Mlp;

/** Distils a student on drawn digits for a few steps, and writes checkpoint and model. */
public final class DistilInside {
  private static final int DIGITS = 512;
  private static final int BATCH = 64;
  private static final OpContext CONTEXT = new OpContext();

  private DistilInside() {}

  /**
   * @param args the folder to write into
   */
  public static void main(String[] args) throws IOException {
    String hash = distil(Path.of(args[0]));
    Traces.print(hash, PredictBits.bits(model(Path.of(args[0]))));
  }

  /** The model file that {@link #distil} writes. */
  static Path model(Path folder) {
    return folder.resolve("student.safetensors");
  }

  /** Distils, writes, reads again, and returns a line with the hash of the weights. */
  static String distil(Path folder) throws IOException {
    var digits = RenderedDigits.of(1, DIGITS);
    Mlp teacher = new Mlp(784, 100, 10);
    teacher.init(1);
    Mlp student = new Mlp(784, 30, 30, 10);
    student.init(2);
    Optimizer optimizer = Adam.w(student.parameters(), 1e-3, 0.01);
    int[] order = new Sampler(2, DIGITS).order(0);
    for (int step = 0; step < DIGITS / BATCH; step++) {
      Inputs x = digits.inputs(Arrays.copyOfRange(order, step * BATCH, (step + 1) * BATCH));
      student.train(2, step);
      try (Tape tape = Tape.open(CONTEXT)) {
        Var taught = Var.of(teacher.infer(x, CONTEXT));
        tape.backward(student.forward(x).apply(new SoftTargets(4), taught));
      }
      optimizer.step(CONTEXT.workers());
    }
    ModelFile.save(model(folder), student, digits.classNames(), Map.of("made.by", "test"));
    Map<String, Tensor> weights = ModelFile.load(model(folder)).weights();
    Path checkpoint = folder.resolve("checkpoint.safetensors");
    Checkpoints.save(checkpoint, weights, Map.of("step", "8"));
    TensorFile read = Checkpoints.loadOnly(checkpoint);
    return "weights " + WeightHash.of(read.tensors());
  }
}
