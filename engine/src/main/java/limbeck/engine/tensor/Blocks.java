package limbeck.engine.tensor;

/**
 * The rows or matrices of a tensor, where its leading axes repeat as in NumPy: two shapes are
 * aligned at their ends, and an axis of size 1, or one that is missing, stands for as many as the
 * other has. The last axes, which make a row or a matrix, form a <em>block</em>; blocks are
 * numbered in row-major order.
 */
public final class Blocks {
  private Blocks() {}

  /**
   * How many blocks a tensor has: the product of all axes but the last {@code inner}; at most
   * 2147483647, which only empty blocks can exceed.
   */
  public static int count(Shape shape, int inner) {
    long blocks = 1;
    for (int i = 0; i < shape.rank() - inner; i++) {
      blocks = Math.min(Integer.MAX_VALUE, blocks * shape.axis(i));
    }
    return (int) blocks;
  }

  /**
   * Which block of a smaller tensor stands at block {@code number} of a whole one.
   *
   * @param part has leading axes that repeat to those of {@code whole}
   * @param inner how many last axes make a block
   */
  public static int index(Shape part, Shape whole, int inner, int number) {
    int block = 0;
    int step = 1;
    int rest = number;
    for (int i = inner + 1; i <= part.rank(); i++) {
      int size = whole.axis(-i);
      if (part.axis(-i) > 1) {
        block += rest % size * step;
        step *= size;
      }
      rest /= size;
    }
    return block;
  }

  /** Whether block {@code number} is the first among those for which its {@link #index} stands. */
  public static boolean isFirst(Shape part, Shape whole, int inner, int number) {
    int rest = number;
    for (int i = inner + 1; i <= whole.rank(); i++) {
      int size = whole.axis(-i);
      boolean repeated = i > part.rank() || part.axis(-i) < size;
      if (repeated && rest % size > 0) {
        return false;
      }
      rest /= size;
    }
    return true;
  }
}
