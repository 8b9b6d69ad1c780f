package limbeck.bench.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** A function of libtorch, through DJL, forward and backward, in one type of numbers. */
final class Libtorch {
  private Libtorch() {}

  static String version() {
    Engine engine = Engine.getInstance();
    return "libtorch " + engine.getVersion() + " through DJL " + Engine.getDjlVersion();
  }

  /** The loss is the sum of the result times {@code gradOut}. */
  static Answer of(OracleCase c, List<Tensor> operands, Tensor gradOut, DataType type) {
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray[] in = new NDArray[operands.size()];
      boolean gradients = false;
      for (int k = 0; k < in.length; k++) {
        in[k] = array(manager, operands.get(k), type);
        if (c.differentiable(k)) {
          in[k].setRequiresGradient(true);
          gradients = true;
        }
      }
      List<Answer.Part> parts = new ArrayList<>();
      NDArray out = c.torch().of(in);
      parts.add(part("result", out));
      if (gradients) {
        collector.backward(out.mul(array(manager, gradOut, type)).sum());
      }
      for (int k = 0; k < in.length; k++) {
        if (c.differentiable(k)) {
          parts.add(part(Answer.gradient(k), in[k].getGradient()));
        }
      }
      return new Answer(parts);
    }
  }

  private static NDArray array(NDManager manager, Tensor t, DataType type) {
    int[] axes = t.shape().toArray();
    ai.djl.ndarray.types.Shape shape =
        new ai.djl.ndarray.types.Shape(Arrays.stream(axes).asLongStream().toArray());
    return t.dtype() == DType.I32
        ? manager.create(Arrays.stream(t.ints()).asLongStream().toArray(), shape)
        : manager.create(t.doubles(), shape).toType(type, false);
  }

  private static Answer.Part part(String name, NDArray a) {
    long[] axes = a.getShape().getShape();
    Shape shape = Shape.of(Arrays.stream(axes).mapToInt(Math::toIntExact).toArray());
    return new Answer.Part(name, shape, a.toType(DataType.FLOAT64, false).toDoubleArray());
  }
}
