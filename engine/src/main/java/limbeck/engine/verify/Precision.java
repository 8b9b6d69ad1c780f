package limbeck.engine.verify;

/**
 * How far float32 may be from float64, element by element: derived from the roundings on the way,
 * see {@link ErrorBound}.
 *
 * @param forward bound for elements of the result
 * @param backward bound for elements of the gradients
 */
public record Precision(Forward forward, Backward backward) {
  /** A bound for each element of the result. */
  @FunctionalInterface
  public interface Forward {
    /** Largest |float32 − float64| of element {@code i} of the result. */
    double at(OpValues v, int i);
  }

  /** A bound for each element of the gradients. */
  @FunctionalInterface
  public interface Backward {
    /** Largest |float32 − float64| of element {@code i} of the gradient of operand {@code k}. */
    double at(OpValues v, int k, int i);
  }

  /** Relative bounds: results and gradients of so many roundings each, 0 for exact ones. */
  public static Precision roundings(double result, double gradient) {
    double y = ErrorBound.gamma(result);
    double dx = ErrorBound.gamma(gradient);
    return new Precision(
        (v, i) -> y * Math.abs(v.out(i)), (v, k, i) -> dx * Math.abs(v.gradIn(k, i)));
  }
}
