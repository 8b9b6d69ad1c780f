package limbeck.engine.program;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.op.Piecewise;
import limbeck.engine.tensor.Shape;

/**
 * Which steps of a program are done as one pass: an affine map, say, with the activation behind it.
 * A chain begins with an op that {@link limbeck.engine.op.Op#finishes}. Each further step is the
 * only reader of the result before it, is {@link Piecewise} in that operand, and reads nothing else
 * that the chain's first step could not read. It is then done to every piece of the first step's
 * result while that is in the cache, in the memory of the chain's last result; the results between
 * have no memory. So a chain runs at the time of its first step. The bits are those of the single
 * steps, because an element goes through the same row loops.
 *
 * <p>A step that belongs to no longer chain is a chain of its own.
 */
final class Chains {
  private static final int NONE = -1;

  private final Program program;

  /** For each step, the first of its chain, and the one behind it. */
  private final int[] first;

  private final int[] next;

  /** For each value, how often it is read, and the last step that reads it. */
  private final int[] uses;

  private final int[] reader;

  /**
   * Finds the chains.
   *
   * @param shapes of all values
   */
  Chains(Program program, Shape[] shapes) {
    this.program = program;
    int n = program.steps().size();
    first = new int[n];
    next = new int[n];
    uses = new int[program.values()];
    reader = new int[program.values()];
    Arrays.fill(first, NONE);
    Arrays.fill(next, NONE);
    countUses();
    for (int i = 0; i < n; i++) {
      if (first[i] == NONE) {
        follow(i, shapes);
      }
    }
  }

  private void countUses() {
    for (int i = 0; i < next.length; i++) {
      for (int k : program.steps().get(i).operands()) {
        uses[k]++;
        reader[k] = i;
      }
    }
    for (int output : program.outputs()) {
      uses[output] += 2; // outputs are read when all is done, and stay as they are
    }
  }

  private void follow(int head, Shape[] shapes) {
    first[head] = head;
    if (!program.steps().get(head).op().finishes()) {
      return;
    }
    int last = head;
    int value = program.firstResult() + last;
    while (uses[value] == 1 && joins(head, reader[value], value, shapes)) {
      next[last] = reader[value];
      last = next[last];
      first[last] = head;
      value = program.firstResult() + last;
    }
  }

  /** Whether a step may follow in the chain that starts with {@code head} and makes a value. */
  private boolean joins(int head, int step, int value, Shape[] shapes) {
    List<Integer> operands = program.steps().get(step).operands();
    for (int k : operands) {
      if (k != value && !isThere(k, head)) {
        return false;
      }
    }
    return program.steps().get(step).op() instanceof Piecewise op
        && op.isPiecewise(operands.indexOf(value), program.operands(step, shapes));
  }

  /** Whether a value has been computed when the chain that starts with {@code head} begins. */
  private boolean isThere(int value, int head) {
    int step = value - program.firstResult();
    return step < 0 || first[step] != NONE && first[step] < head;
  }

  /** The first step of the chain that a step belongs to. */
  int first(int step) {
    return first[step];
  }

  /** The steps of a chain behind its first. */
  int[] rest(int head) {
    int[] rest = new int[next.length];
    int count = 0;
    for (int step = next[head]; step != NONE; step = next[step]) {
      rest[count++] = step;
    }
    return Arrays.copyOf(rest, count);
  }

  /** Whether a step is the last of its chain: the only one whose result needs memory. */
  boolean isLast(int step) {
    return next[step] == NONE;
  }
}
