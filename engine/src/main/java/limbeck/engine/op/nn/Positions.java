package limbeck.engine.op.nn;

import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;

/** What ops that know the positions of a sequence's steps ask of them. */
final class Positions {
  private Positions() {}

  /**
   * Checks the position of step 0.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  static void requireFirst(String op, int first) {
    if (first < 0) {
      throw new IllegalArgumentException(op + ": first position " + first + ", from 0 on");
    }
  }

  /**
   * Checks that a table [positions, …], operand 1, has a row for every step of x, operand 0.
   *
   * @param steps how many steps x has
   * @throws ShapeException if x is longer
   */
  static void requireRows(OpSpec spec, Shape x, int steps, Shape table, int first) {
    if (steps > table.axis(0) - first) {
      throw new ShapeException(
          spec.name()
              + ": "
              + spec.describe(0, x)
              + " from position "
              + first
              + " on is longer than "
              + spec.describe(1, table));
    }
  }
}
