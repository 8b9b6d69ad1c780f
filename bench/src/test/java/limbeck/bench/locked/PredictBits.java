package limbeck.bench.locked;

import java.io.IOException;
import java.nio.file.Path;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.program.Program;
import limbeck.engine.program.Runner;

/** Loads a model, predicts, and prints the bits of all logits. It needs the engine's jar alone. */
public final class PredictBits {
  private static final int EXAMPLES = 16;

  /** So many that vectors come in, which small programs do without in their first runs. */
  private static final int RUNS = 20;

  private PredictBits() {}

  /**
   * @param args a model file whose program takes one input of floats
   */
  public static void main(String[] args) throws IOException {
    String bits = bits(Path.of(args[0]));
    Traces.print(bits, "kernels " + KernelProvider.f32().getClass().getName());
  }

  /** The logits of a batch, as the hexadecimal digits of their bits. */
  static String bits(Path model) throws IOException {
    Program program = Program.load(model);
    Runner runner = program.runner();
    float[] in = new float[EXAMPLES * program.example().size()];
    for (int i = 0; i < in.length; i++) {
      in[i] = (i % 97) / 97f;
    }
    float[] out = new float[program.outputShape(EXAMPLES).size()];
    for (int run = 0; run < RUNS; run++) {
      runner.run(in, out);
    }
    StringBuilder bits = new StringBuilder("bits");
    for (float logit : out) {
      bits.append(' ').append(Integer.toHexString(Float.floatToRawIntBits(logit)));
    }
    return bits.toString();
  }
}
