package limbeck.kd;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import limbeck.autograd.Module;
import limbeck.autograd.Taps;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The shapes of a network's inner activations for one example, found by one look at zeros, and of
 * its logits: what a method is fitted to before training.
 *
 * @param network what errors call it
 * @param taps shapes without the batch axis by name of the tap, in the order of the pass
 * @param classes the number of logits
 */
public record TapShapes(String network, Map<String, Shape> taps, int classes) {
  /**
   * The shapes of a network that has values. A tap that is used several times in a pass counts with
   * its first.
   *
   * @param example shape of one example
   */
  public static TapShapes of(String network, Module module, Shape example) {
    module.evaluate();
    Tensor zeros = Tensor.zeros(DType.F32, withBatch(example));
    Taps all = Taps.all();
    Tensor logits =
        Module.infer(
            new OpContext(Workers.inline()), () -> all.during(() -> module.forward(Var.of(zeros))));
    Map<String, Shape> taps = new LinkedHashMap<>();
    for (String name : all.names()) {
      taps.put(name, withoutBatch(all.all(name).get(0).shape()));
    }
    return new TapShapes(network, taps, logits.shape().last());
  }

  private static Shape withBatch(Shape example) {
    return Shape.of(IntStream.concat(IntStream.of(1), Arrays.stream(example.toArray())).toArray());
  }

  private static Shape withoutBatch(Shape batch) {
    return Shape.of(Arrays.stream(batch.toArray()).skip(1).toArray());
  }

  /**
   * The shape of one example's activation at a tap.
   *
   * @throws IllegalArgumentException if the network has no such tap, saying which it has
   */
  public Shape of(String tap) {
    Shape shape = taps.get(tap);
    if (shape == null) {
      throw new IllegalArgumentException(
          network + " has no tap \"" + tap + "\"; it has " + taps.keySet());
    }
    return shape;
  }
}
