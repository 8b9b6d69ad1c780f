package limbeck.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Tracer;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;

/** Writes the model that {@link FirstPrediction} loads: a traced student 784-32-10, untrained. */
public final class FirstModel {
  private FirstModel() {}

  /**
   * @param args the file to write
   */
  public static void main(String[] args) throws IOException {
    Module student =
        new Sequential(new Linear(784, 32), Activation.relu(), new Linear(32, 10)).init(1);
    Tracer.trace(student, DType.F32, Shape.of(784)).save(Path.of(args[0]), Map.of());
  }
}
