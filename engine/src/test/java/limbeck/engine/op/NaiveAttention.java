package limbeck.engine.op;

import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.Attention.Keys;
import limbeck.engine.random.Philox;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpValues;

/**
 * Attention in naive double code, with the errors that float32 may make. Computed once for all
 * elements of a run. A score is named by head (counted through all examples), query and key.
 */
final class NaiveAttention {
  private static final double U = ErrorBound.U;

  /** For products of errors that are small both. */
  private static final double MORE = 1.01;

  private final Attention op;
  private final OpValues v;
  private final int queries;
  private final int keys;
  private final int d;
  private final int e;

  /** Probabilities, times the mask of dropout if there is one. */
  private final double[] p;

  private final double[] mask;

  /** By head and query: the relative error of the row's probabilities. */
  private final double[] error;

  /** By example: the key after the last that any query sees. */
  private final int[] end;

  /** Bounds of |c·dS| and of its error. */
  private double[] size;

  private double[] sizeError;

  private NaiveAttention(Attention op, OpValues v) {
    this.op = op;
    this.v = v;
    queries = v.shape(0).axis(1);
    keys = v.shape(1).axis(1);
    d = v.shape(0).last() / op.heads();
    e = v.shape(2).last() / op.heads();
    int heads = v.shape(0).axis(0) * op.heads();
    p = new double[heads * queries * keys];
    mask = new double[p.length];
    error = new double[heads * queries];
    end = new int[v.shape(0).axis(0)];
    for (int head = 0; head < heads; head++) {
      for (int i = 0; i < queries; i++) {
        fill(head, i);
      }
    }
  }

  private boolean visible(int head, int i, int j) {
    int example = head / op.heads();
    int present = op.keys() == Keys.CACHE ? (int) v.in(3, example) : keys;
    boolean there =
        switch (op.keys()) {
          case ALL -> true;
          case LENGTHS, CACHE -> j < v.in(3, example);
          case MASK -> v.in(3, example * keys + j) == 1;
        };
    return there && (!op.causal() || j <= present - queries + i);
  }

  /** Element of operand k: column of a head, at a step. */
  private int at(int k, int head, int step, int column) {
    int width = v.shape(k).last();
    int row = head / op.heads() * v.shape(k).axis(1) + step;
    return row * width + head % op.heads() * (width / op.heads()) + column;
  }

  private double scale() {
    return op.scale() > 0 ? op.scale() : 1 / StrictMath.sqrt(d);
  }

  private double score(int head, int i, int j, boolean absolute) {
    double sum = 0;
    for (int c = 0; c < d; c++) {
      double term = v.in(0, at(0, head, i, c)) * v.in(1, at(1, head, j, c));
      sum += absolute ? Math.abs(term) : term;
    }
    return scale() * sum;
  }

  /**
   * A row of probabilities. A score is off by its product, the rounded scale and the product with
   * it; its difference from the maximum, at most twice the largest score, is rounded; what all of
   * them have in common cancels. Both, of the key and of the sum, become relative errors by exp;
   * then exp itself twice, the sum, the reciprocal and the product.
   */
  private void fill(int head, int i) {
    int row = (head * queries + i) * keys;
    double max = Double.NEGATIVE_INFINITY;
    double largest = 0;
    double scoreError = 0;
    for (int j = 0; j < keys; j++) {
      if (visible(head, i, j)) {
        p[row + j] = score(head, i, j, false);
        max = Math.max(max, p[row + j]);
        double size = score(head, i, j, true);
        scoreError = Math.max(scoreError, ErrorBound.gamma(ErrorBound.product(d) + 2) * size);
        largest = Math.max(largest, Math.abs(p[row + j]));
        end[head / op.heads()] = Math.max(end[head / op.heads()], j + 1);
      }
    }
    double sum = 0;
    for (int j = 0; j < keys; j++) {
      p[row + j] = visible(head, i, j) ? StrictMath.exp(p[row + j] - max) : 0;
      sum += p[row + j];
    }
    for (int j = 0; j < keys && sum != 0; j++) {
      mask[row + j] = mask(head, i * keys + j);
      p[row + j] = p[row + j] / sum;
    }
    double shift = 2 * (scoreError + U * 2 * (largest + scoreError));
    double roundings = 2 * ErrorBound.EXP + ErrorBound.sum(keys) + 2;
    error[head * queries + i] = MORE * (StrictMath.expm1(shift) + ErrorBound.gamma(roundings));
  }

  /** The factor of dropout for an element of a head's probabilities: 16 random bits decide. */
  private double mask(int head, int element) {
    long below = Math.round(op.dropout().rate() * 65536);
    if (below == 0) {
      return 1;
    }
    long blocks = (queries * (long) keys + 7) / 8;
    Philox random = new Philox(op.dropout().seed(), op.dropout().stream());
    int bits = random.bits(4 * (head * blocks + element / 8) + element % 8 / 2);
    return (bits >>> 16 * (element % 2) & 0xFFFF) < below ? 0 : (float) (65536.0 / (65536 - below));
  }

  private int head(int k, int element) {
    int width = v.shape(k).last();
    int example = element / width / v.shape(k).axis(1);
    return example * op.heads() + element % width / (width / op.heads());
  }

  private int step(int k, int element) {
    return element / v.shape(k).last() % v.shape(k).axis(1);
  }

  private int column(int k, int element) {
    return element % (v.shape(k).last() / op.heads());
  }

  /** Σ p·mask·v over the keys up to the last that any query sees; the result's widths are v's. */
  double result(int element) {
    return result(element, false);
  }

  private double result(int element, boolean absolute) {
    int width = v.shape(2).last();
    int head = element / width / queries * op.heads() + element % width / e;
    int row = (head * queries + element / width % queries) * keys;
    double sum = 0;
    for (int j = 0; j < end[head / op.heads()]; j++) {
      double term = p[row + j] * mask[row + j] * v.in(2, at(2, head, j, element % e));
      sum += absolute ? Math.abs(term) : term;
    }
    return sum;
  }

  /** The probabilities, their product with the mask, and the matrix product. */
  double resultBound(int element) {
    int width = v.shape(2).last();
    int head = element / width / queries * op.heads() + element % width / e;
    double relative = error[head * queries + element / width % queries];
    double roundings = ErrorBound.gamma(ErrorBound.product(keys) + 1);
    return MORE * (relative + roundings) * result(element, true);
  }

  double gradientBound(int k, int element) {
    if (size == null) {
      fillScores();
    }
    int head = head(k, element);
    int step = step(k, element);
    int column = column(k, element);
    return switch (k) {
      case 0 -> queryBound(head, step, column);
      case 1 -> keyBound(head, step, column);
      default -> valueBound(head, step, column);
    };
  }

  /** ⟨do, v⟩, or the sum of its terms' sizes. */
  private double output(int head, int i, int j) {
    int width = v.shape(2).last();
    int row = (head / op.heads() * queries + i) * width + head % op.heads() * e;
    double sum = 0;
    for (int c = 0; c < e; c++) {
      sum += Math.abs(v.gradOut(row + c) * v.in(2, at(2, head, j, c)));
    }
    return sum;
  }

  private void fillScores() {
    size = new double[p.length];
    sizeError = new double[p.length];
    for (int row = 0; row < error.length; row++) {
      fillScores(row / queries, row % queries);
    }
  }

  /**
   * c·p·(mask·dp − Σ p·mask·dp): dp has the error of a product and of the mask's factor; the sum
   * has that, those of p, and its own; then the error of p, a difference, two products, a rounded
   * scale.
   */
  private void fillScores(int head, int i) {
    int row = (head * queries + i) * keys;
    double relative = error[head * queries + i];
    double product = ErrorBound.gamma(ErrorBound.product(e) + 1);
    double inner = 0;
    for (int j = 0; j < keys; j++) {
      size[row + j] = p[row + j] == 0 ? 0 : mask[row + j] * output(head, i, j);
      inner += p[row + j] * size[row + j];
    }
    double innerError = (relative + product + ErrorBound.gamma(ErrorBound.sum(keys))) * inner;
    for (int j = 0; j < keys; j++) {
      double factor = scale() * p[row + j];
      double whole = size[row + j] + inner;
      sizeError[row + j] =
          MORE
              * factor
              * (product * size[row + j] + innerError + (relative + ErrorBound.gamma(4)) * whole);
      size[row + j] = factor * whole + sizeError[row + j];
    }
  }

  /** Σ over keys of c·ds·k. */
  private double queryBound(int head, int i, int column) {
    double sum = 0;
    for (int j = 0; j < keys; j++) {
      int at = (head * queries + i) * keys + j;
      double error = sizeError[at] + ErrorBound.gamma(ErrorBound.product(keys)) * size[at];
      sum += error * Math.abs(v.in(1, at(1, head, j, column)));
    }
    return MORE * sum;
  }

  /** Σ over queries of c·ds·q. */
  private double keyBound(int head, int j, int column) {
    double sum = 0;
    for (int i = 0; i < queries; i++) {
      int at = (head * queries + i) * keys + j;
      double error = sizeError[at] + ErrorBound.gamma(ErrorBound.product(queries)) * size[at];
      sum += error * Math.abs(v.in(0, at(0, head, i, column)));
    }
    return MORE * sum;
  }

  /** Σ over queries of p·mask·do. */
  private double valueBound(int head, int j, int column) {
    int width = v.shape(2).last();
    double roundings = ErrorBound.gamma(ErrorBound.product(queries) + 1);
    double sum = 0;
    for (int i = 0; i < queries; i++) {
      int at = (head * queries + i) * keys + j;
      int gradient = (head / op.heads() * queries + i) * width + head % op.heads() * e + column;
      double weight = p[at] * mask[at] * (error[head * queries + i] + roundings);
      sum += weight * Math.abs(v.gradOut(gradient));
    }
    return MORE * sum;
  }

  /** Kept from the last call if the values are the same. */
  static final class Cache {
    private final Attention op;
    private NaiveAttention last;

    Cache(Attention op) {
      this.op = op;
    }

    NaiveAttention of(OpValues v) {
      if (last == null || last.v != v) {
        last = new NaiveAttention(op, v);
      }
      return last;
    }
  }
}
