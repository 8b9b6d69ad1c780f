package limbeck.kd.onnx;

import java.util.Arrays;
import limbeck.engine.exec.Workers;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** How far two programs of one meaning are from each other. */
public final class Agreement {
  private static final int INPUTS = 100;
  private static final int BATCH = 4;

  private Agreement() {}

  /**
   * The largest difference of their first outputs on 100 random inputs, in batches of four, free
   * axes of several sizes; relative where numbers are above 1.
   *
   * @param a says what inputs are like
   * @param b takes the same
   */
  public static double worst(Program a, Program b, Workers workers) {
    double worst = 0;
    for (int round = 0; round < INPUTS / BATCH; round++) {
      Tensor[] in = inputs(a, BATCH, round);
      Tensor first = run(a, in, workers);
      Tensor second = run(b, in, workers);
      for (int i = 0; i < first.size(); i++) {
        double size = Math.max(1, Math.abs(first.get(i)));
        double off = Math.abs(first.get(i) - second.get(i)) / size;
        worst = off <= worst ? worst : off; // NaN stays
      }
    }
    return worst;
  }

  private static Tensor run(Program program, Tensor[] in, Workers workers) {
    Shape[] shapes = Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new);
    Tensor out = Tensor.zeros(DType.F32, program.outputShape(shapes));
    program.runner(workers).run(in, out);
    return out;
  }

  /**
   * Random inputs: numbers from 0 to 1, and small integers; those of an input without axes, which
   * are lengths, from 1 to that of the sequences.
   */
  private static Tensor[] inputs(Program program, int batch, int round) {
    int length = 1 + round % 12;
    Tensor[] in = new Tensor[program.inputs().size()];
    for (int k = 0; k < in.length; k++) {
      Input input = program.inputs().get(k);
      int[] axes = input.batch(batch).toArray();
      for (int axis : input.freeAxes()) {
        axes[input.batched() ? axis + 1 : axis] = length;
      }
      in[k] = Tensor.zeros(input.type(), Shape.of(axes));
      Philox random = new Philox(round, k);
      boolean lengths = input.example().rank() == 0;
      for (int i = 0; i < in[k].size(); i++) {
        in[k].set(
            i,
            input.type().isFloating()
                ? random.uniformDouble(i)
                : lengths ? 1 + random.below(i, length) : random.below(i, 2));
      }
    }
    return in;
  }
}
