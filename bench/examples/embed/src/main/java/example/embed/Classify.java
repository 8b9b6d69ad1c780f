package example.embed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import limbeck.engine.program.Program;
import limbeck.engine.program.Runner;

/** Asks a student for the class of what is typed: a model file, then its inputs. */
public final class Classify {
  private Classify() {}

  /** Prints the class, and the logits of all classes. Inputs that are not given are 0. */
  public static void main(String[] args) throws IOException {
    Program program = Program.load(Path.of(args[0])); // immutable: share it between threads
    Runner runner = program.runner(); // one for each thread
    float[] in = new float[program.example().size()];
    float[] out = new float[program.outputShape(1).size()];
    for (int i = 1; i < args.length; i++) {
      in[i - 1] = Float.parseFloat(args[i]);
    }
    runner.run(in, out);
    int best = 0;
    for (int i = 1; i < out.length; i++) {
      best = out[i] > out[best] ? i : best;
    }
    System.out.println("class " + best + " of " + Arrays.toString(out));
  }
}
