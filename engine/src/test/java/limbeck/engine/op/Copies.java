package limbeck.engine.op;

import java.util.function.IntToDoubleFunction;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/**
 * Bounds of an op that copies: results are exact, a gradient is the sum over all copies of an
 * element, with so many roundings for so many copies.
 */
final class Copies {
  /** The element of operand 0 that an element of the result is a copy of. */
  interface Source {
    int of(OpValues v, int i);
  }

  private final Source source;
  private final IntToDoubleFunction roundings;
  private OpValues last;
  private double[] size;
  private int[] count;

  Copies(Source source, IntToDoubleFunction roundings) {
    this.source = source;
    this.roundings = roundings;
  }

  Precision precision() {
    return new Precision((v, i) -> 0, (v, k, i) -> gradient(v, i));
  }

  private double gradient(OpValues v, int i) {
    if (last != v) {
      last = v;
      size = new double[v.shape(0).size()];
      count = new int[size.length];
      for (int j = 0; j < v.shape().size(); j++) {
        size[source.of(v, j)] += Math.abs(v.gradOut(j));
        count[source.of(v, j)]++;
      }
    }
    return count[i] == 0 ? 0 : ErrorBound.gamma(roundings.applyAsDouble(count[i])) * size[i];
  }
}
