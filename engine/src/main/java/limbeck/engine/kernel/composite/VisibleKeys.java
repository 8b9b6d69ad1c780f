package limbeck.engine.kernel.composite;

import limbeck.engine.tensor.Tensor;

/**
 * Which keys the queries of an example may see in attention: <em>runs</em> of neighbouring keys,
 * the same for all queries, and for each query a <em>limit</em>, the key from which on it sees
 * none. Made once, then set for one example after another.
 */
public final class VisibleKeys {
  /** Start and end of each run, in order. */
  private int[] ends = new int[2];

  private int runs;
  private int firstLimit;
  private int step;

  /** No keys yet. */
  public VisibleKeys() {}

  /** The first {@code n} keys: one run, for all queries alike. */
  public void setFirst(int n) {
    runs = 1;
    ends[0] = 0;
    ends[1] = n;
    setLimits(n, 0);
  }

  /**
   * Those of {@code n} keys whose mask is not 0, for all queries alike.
   *
   * @param mask I32; with {@code at}: the index of key 0
   */
  public void setMasked(Tensor mask, int at, int n) {
    if (ends.length < n + 1) {
      ends = new int[n + 1];
    }
    int[] flags = mask.ints();
    int first = mask.offset() + at;
    int end = 0;
    for (int key = 0; key < n; key++) {
      boolean inside = end % 2 != 0;
      if (flags[first + key] != 0 != inside) {
        ends[end++] = key;
      }
    }
    if (end % 2 != 0) {
      ends[end++] = n;
    }
    runs = end / 2;
    setLimits(n, 0);
  }

  /** From now on query i sees no key from {@code first + step · i} on. */
  public void setLimits(int first, int step) {
    this.firstLimit = first;
    this.step = step;
  }

  /** The key after the last run: no query sees that or a later one. */
  public int end() {
    return runs == 0 ? 0 : endOf(runs - 1);
  }

  /** The key after the last that a query sees; 0 if it sees none. */
  int endFor(int query) {
    int limit = firstLimit + step * query;
    for (int run = runs - 1; run >= 0; run--) {
      if (startOf(run) < limit) {
        return Math.min(limit, endOf(run));
      }
    }
    return 0;
  }

  int startOf(int run) {
    return ends[2 * run];
  }

  int endOf(int run) {
    return ends[2 * run + 1];
  }
}
