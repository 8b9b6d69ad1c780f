package limbeck.autograd;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * The memory of a parameter's gradient, with or without a gradient in it. It remembers which of its
 * rows may hold something else than zeros, so that a gradient of few rows writes these alone, and
 * clears those of the gradient before.
 */
final class GradientSlot {
  private final Tensor memory;
  private final TouchedRows touched = new TouchedRows();

  /** A slot in memory that holds zeros. */
  GradientSlot(Tensor memory) {
    this.memory = memory;
  }

  /** All of the memory, for a gradient that may be other than zero anywhere. */
  Tensor whole() {
    touched.becomeAny();
    return memory;
  }

  /** The rows that may hold something else than zeros; null if any may. */
  Tensor touchedRows() {
    return touched.isAny() ? null : touched.rows();
  }

  /**
   * Adds rows to the gradient.
   *
   * @param first whether there is none yet: it is then zero in all other rows
   * @param rows their numbers, ascending, I32; the first {@code n} count
   * @param values one after another
   * @return the gradient
   */
  Tensor addRows(OpContext c, boolean first, Tensor rows, int n, Tensor values) {
    if (first) {
      clear(c);
    }
    touched.add(rows, n);
    Rows r = c.rows(memory);
    int width = memory.shape().last();
    c.forEach(
        n,
        width,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = rows.ints()[rows.offset() + i] * width;
            if (first) {
              r.copy(values, i * width, memory, at, width);
            } else {
              r.add(memory, at, values, i * width, memory, at, width);
            }
          }
        });
    return memory;
  }

  private void clear(OpContext c) {
    Rows r = c.rows(memory);
    if (touched.isAny()) {
      c.forEach(memory.size(), 1, (from, to) -> r.fill(0, memory, from, to - from));
    } else {
      int width = memory.shape().last();
      Tensor rows = touched.rows();
      for (int i = 0; i < rows.size(); i++) {
        r.fill(0, memory, rows.ints()[i] * width, width);
      }
    }
    touched.clear();
  }
}
