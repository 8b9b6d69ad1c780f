package limbeck.engine.op.reduce;

import java.util.List;
import java.util.Map;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;

/**
 * An op that makes one number of each row, a row being the elements along the reduced axes, in
 * row-major order. The result has the other axes.
 */
public sealed interface ReduceOp extends Op permits Sum, Mean, RowReduceOp {
  /** The axes to reduce over, each once, negative ones from the end; none stands for all. */
  List<Integer> axes();

  /** Whether reduced axes stay, with size 1. */
  boolean keepAxes();

  /** The least number of elements that a row must have. */
  default int leastTerms() {
    return 1;
  }

  @Override
  default Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    int reduced = Reduced.axes(this, in[0]);
    int terms = Reduced.terms(in[0], reduced);
    if (terms < leastTerms()) {
      throw new ShapeException(
          spec().name()
              + ": "
              + spec().describe(0, in[0])
              + " has "
              + terms
              + " elements to reduce over axes "
              + axes()
              + ", at least "
              + leastTerms()
              + " needed");
    }
    return Reduced.result(in[0], reduced, keepAxes());
  }

  @Override
  default Map<String, Object> settings() {
    return Map.of("axes", axes(), "keepAxes", keepAxes());
  }
}
