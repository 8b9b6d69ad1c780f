package limbeck.engine.op;

import java.util.function.Function;
import limbeck.engine.verify.OpValues;

/** What a definition or a bound needs for every element of a run, computed once. */
final class PerRun<T> {
  private final Function<OpValues, T> compute;
  private OpValues last;
  private T value;

  PerRun(Function<OpValues, T> compute) {
    this.compute = compute;
  }

  T of(OpValues v) {
    if (last != v) {
      value = compute.apply(v);
      last = v;
    }
    return value;
  }
}
