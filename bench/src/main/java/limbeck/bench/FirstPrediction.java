package limbeck.bench;

import java.io.IOException;
import java.nio.file.Path;
import limbeck.engine.program.Program;

/**
 * Loads a model, predicts once, prints the class and ends: what a command does that is called for a
 * single prediction. It needs the engine's jar alone. {@code bench/checks/startup.sh} times it.
 */
public final class FirstPrediction {
  private FirstPrediction() {}

  /**
   * @param args a model file whose program takes one input of floats
   */
  public static void main(String[] args) throws IOException {
    Program program = Program.load(Path.of(args[0]));
    float[] in = new float[program.example().size()];
    for (int i = 0; i < in.length; i++) {
      in[i] = (i % 7) / 7f;
    }
    float[] out = new float[program.outputShape(1).size()];
    program.runner().run(in, out);
    int best = 0;
    for (int i = 1; i < out.length; i++) {
      best = out[i] > out[best] ? i : best;
    }
    System.out.println(best);
  }
}
