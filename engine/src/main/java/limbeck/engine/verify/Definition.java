package limbeck.engine.verify;

/** An op written a second time, as naively as possible: indices and {@link StrictMath}. */
@FunctionalInterface
public interface Definition {
  /** Element {@code i} of the result, from the operands alone. */
  double at(OpValues v, int i);
}
