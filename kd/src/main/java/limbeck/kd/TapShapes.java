package limbeck.kd;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import limbeck.autograd.Module;
import limbeck.autograd.Taps;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The shapes of a network's inner activations for one example, found by one look at some example,
 * and of its logits: what a method is fitted to before training.
 *
 * @param network what errors call it
 * @param taps shapes without the batch axis by name of the tap, in the order of the pass
 * @param classes the number of logits
 * @param varying the taps whose shapes differ from example to example: those of sequences
 * @param cutter see {@link Network#cutter}; null where it is not known
 */
public record TapShapes(
    String network, Map<String, Shape> taps, int classes, Set<String> varying, Object cutter) {
  /** Shapes that are the same for every example. */
  public TapShapes(String network, Map<String, Shape> taps, int classes) {
    this(network, taps, classes, Set.of(), null);
  }

  /**
   * The shapes of a network that has values, for its {@link Network#sample}. A tap that is used
   * several times in a pass counts with its first.
   */
  public static TapShapes of(String name, Network network) {
    TapShapes one = of(name, network, () -> network.forward(network.sample()));
    if (network.cutter() == null) {
      return one;
    }
    TapShapes other = of(name, network, () -> network.forward(network.longSample()));
    Set<String> varying = new LinkedHashSet<>(one.taps.keySet());
    varying.removeIf(tap -> one.taps.get(tap).equals(other.taps.get(tap)));
    return new TapShapes(name, one.taps, one.classes, varying, network.cutter());
  }

  /** The same of any module, by a pass of one example through it. */
  public static TapShapes of(String name, Module module, Supplier<Var> pass) {
    module.evaluate();
    Taps all = Taps.all();
    Tensor logits = Module.infer(new OpContext(Workers.inline()), () -> all.during(pass));
    Map<String, Shape> taps = new LinkedHashMap<>();
    for (String tap : all.names()) {
      taps.put(tap, withoutBatch(all.all(tap).get(0).shape()));
    }
    return new TapShapes(name, taps, logits.shape().last());
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
