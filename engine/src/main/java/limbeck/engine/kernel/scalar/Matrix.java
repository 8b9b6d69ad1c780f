package limbeck.engine.kernel.scalar;

/**
 * An operand of the running product: element (row, column) at {@code at + row rowStep + column
 * columnStep}.
 */
public final class Matrix {
  /** The numbers; null between products, so that they can be collected. */
  public float[] array;

  /** Where element (0, 0) lies. */
  public int at;

  /** From a row to the next. */
  public int rowStep;

  /** From a column to the next. */
  public int columnStep;

  /** Makes this op(X), with X stored in rows of length {@code ld}. */
  public void set(float[] array, int at, int ld, boolean trans) {
    this.array = array;
    this.at = at;
    rowStep = trans ? 1 : ld;
    columnStep = trans ? ld : 1;
  }

  /** Makes this its transpose. */
  public void transpose() {
    int step = rowStep;
    rowStep = columnStep;
    columnStep = step;
  }

  /** Where an element lies. */
  public int at(int row, int column) {
    return at + row * rowStep + column * columnStep;
  }
}
