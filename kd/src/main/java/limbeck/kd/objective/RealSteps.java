package limbeck.kd.objective;

import java.util.Arrays;
import limbeck.autograd.Var;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Outputs;

/**
 * Which steps of a batch of sequences are real and no padding, and means over them: over the steps
 * of each example, then over examples, so that an example counts the same in whatever company. What
 * stands in padding, and how much there is of it, changes no bit of a loss or of a gradient, which
 * is 0 there.
 *
 * @param lengths of the examples
 * @param steps of the longest, and how many padding fills up to
 */
record RealSteps(int[] lengths, int steps) {
  /** Those of outputs whose activations have so many steps. */
  static RealSteps of(Outputs outputs, int batch, int steps) {
    int[] lengths = new int[batch];
    Arrays.fill(lengths, steps);
    Tensor real = outputs.lengths();
    for (int i = 0; real != null && i < batch; i++) {
      lengths[i] = (int) real.get(i);
    }
    return new RealSteps(lengths, steps);
  }

  /** How many examples there are. */
  int batch() {
    return lengths.length;
  }

  /** Marks real keys with 1, I32 [batch, 1, 1, steps]: for scores. */
  Var keys() {
    Tensor mask = Tensor.zeros(DType.I32, Shape.of(batch(), 1, 1, steps));
    for (int i = 0; i < batch(); i++) {
      for (int t = 0; t < lengths[i]; t++) {
        mask.set(i * steps + t, 1);
      }
    }
    return Var.of(mask);
  }

  /** The real steps alone [tokens, width], of states [batch, steps, width]. */
  Var rows(Var states) {
    return states.reshape(-1, states.shape().last()).apply(new Gather(0), places(1));
  }

  /** The mean of a number for each real step [tokens]. */
  Var mean(Var perStep) {
    return mean(perStep, 1, false);
  }

  /**
   * The mean of a number for each head and query [batch, heads, steps], over heads and real
   * queries.
   *
   * @param overKeys whether each is a sum over keys that shall be a mean over the real ones
   */
  Var meanOfHeads(Var perQuery, boolean overKeys) {
    int heads = perQuery.shape().axis(1);
    Var real = perQuery.reshape(-1).apply(new Gather(0), places(heads));
    return mean(real, heads, overKeys);
  }

  private Var mean(Var real, int heads, boolean overKeys) {
    Tensor weights = Tensor.zeros(real.value().dtype(), real.shape());
    int at = 0;
    for (int length : lengths) {
      double weight = 1.0 / ((double) batch() * heads * length * (overKeys ? length : 1));
      for (int k = 0; k < heads * length; k++) {
        weights.set(at++, weight);
      }
    }
    return real.times(Var.of(weights)).sum();
  }

  /** Numbers of the real ones among (example · heads + head) · steps + step. */
  private Var places(int heads) {
    int[] places = new int[heads * Arrays.stream(lengths).sum()];
    int at = 0;
    for (int i = 0; i < batch(); i++) {
      for (int head = 0; head < heads; head++) {
        for (int t = 0; t < lengths[i]; t++) {
          places[at++] = (i * heads + head) * steps + t;
        }
      }
    }
    return Var.of(Tensor.view(places, 0, Shape.of(places.length)));
  }
}
