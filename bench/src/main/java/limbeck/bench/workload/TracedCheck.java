package limbeck.bench.workload;

import limbeck.autograd.Module;
import limbeck.autograd.Tracer;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Program;
import limbeck.engine.program.Runner;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** A trained network traced to a program, which must give the network's own bits. */
final class TracedCheck {
  private TracedCheck() {}

  /**
   * Runs both on the first examples of a set.
   *
   * @param batches the batch sizes to run
   * @return the first difference as a sentence, or null if there is none
   */
  static String difference(
      Module network, Examples set, int classes, Workers workers, int... batches) {
    Shape all = set.inputs().shape();
    int[] example = new int[all.rank() - 1];
    for (int i = 0; i < example.length; i++) {
      example[i] = all.axis(i + 1);
    }
    Program program = Tracer.trace(network, DType.F32, Shape.of(example));
    Runner runner = program.runner(workers);
    for (int batch : batches) {
      Tensor x = set.batch(0, batch);
      Tensor eager = network.infer(x, new OpContext(workers)).own();
      Tensor traced = Tensor.zeros(DType.F32, Shape.of(batch, classes));
      runner.run(x, traced);
      for (int i = 0; i < traced.size(); i++) {
        float e = eager.floats()[eager.offset() + i];
        if (Float.floatToRawIntBits(e) != Float.floatToRawIntBits(traced.floats()[i])) {
          return "batch " + batch + ", output " + i + ": " + e + " and " + traced.floats()[i];
        }
      }
    }
    return null;
  }
}
