package limbeck.engine.op;

import java.util.Arrays;
import java.util.stream.IntStream;
import limbeck.engine.op.nn.Gru;
import limbeck.engine.verify.OpValues;

/**
 * The recurrence of gated units, written down step by step and unit by unit, with the error that
 * float32 may make: result and gradients of all operands. Gates are numbered reset, update,
 * candidate.
 */
final class NaiveGru {
  private final OpValues of;
  private final Gru op;
  private final int batch;
  private final int steps;
  private final int in;
  private final int n;

  /** By example, time, gate and unit; by example, time and unit. Null in padding. */
  private final Near[][][][] gate;

  /** What the reset gate acts on. */
  private final Near[][][] term;

  private final Near[][][] state;

  /** By example, time, gate and unit. */
  private Near[][][][] da;

  private Near[][][][] du;

  /** By example and unit: by the state before the first step. */
  private Near[][] dh0;

  NaiveGru(OpValues v, Gru op) {
    this.of = v;
    this.op = op;
    batch = v.shape(0).axis(0);
    steps = v.shape(0).axis(1);
    in = v.shape(0).axis(2);
    n = v.shape(2).axis(1);
    gate = new Near[batch][steps][3][n];
    term = new Near[batch][steps][n];
    state = new Near[batch][steps][n];
    for (int b = 0; b < batch; b++) {
      for (int k = 0; k < length(b); k++) {
        forward(b, k, time(b, k));
      }
    }
  }

  private int length(int b) {
    return op.lengths() ? (int) of.in(5, b) : steps;
  }

  /** The time of the k-th step to be computed. */
  private int time(int b, int k) {
    return op.reverse() ? length(b) - 1 - k : k;
  }

  private Near in(int operand, int i) {
    return Near.exact(of.in(operand, i));
  }

  private Near before(int b, int k, int j) {
    if (k > 0) {
      return state[b][time(b, k - 1)][j];
    }
    return op.initial() ? in(op.lengths() ? 6 : 5, b * n + j) : Near.ZERO;
  }

  private void forward(int b, int k, int t) {
    for (int j = 0; j < n; j++) {
      Near r = gateInput(b, k, j).sigmoid();
      Near z = gateInput(b, k, n + j).sigmoid();
      term[b][t][j] = withState(in(4, 2 * n + j), b, k, 2 * n + j);
      Near g = ofInput(b, k, 2 * n + j).plus(r.times(term[b][t][j])).tanh();
      gate[b][t][0][j] = r;
      gate[b][t][1][j] = z;
      gate[b][t][2][j] = g;
      state[b][t][j] = g.plus(z.times(before(b, k, j).minus(g)));
    }
  }

  private Near ofInput(int b, int k, int row) {
    int x = (b * steps + time(b, k)) * in;
    return Near.dot(in, u -> in(0, x + u), u -> in(1, row * in + u)).plus(in(3, row));
  }

  private Near gateInput(int b, int k, int row) {
    return withState(ofInput(b, k, row).plus(in(4, row)), b, k, row);
  }

  /** And what the last state contributes, which is absent where there is none. */
  private Near withState(Near a, int b, int k, int row) {
    if (k == 0 && !op.initial()) {
      return a;
    }
    return a.plus(Near.dot(n, u -> before(b, k, u), u -> in(2, row * n + u)));
  }

  Near result(int i) {
    Near h = state[i / n / steps][i / n % steps][i % n];
    return h == null ? Near.ZERO : h;
  }

  Near gradient(int operand, int i) {
    if (da == null) {
      backward();
    }
    return switch (operand) {
      case 0 -> ofInput(i);
      case 1 -> overRows(da, i / in, (b, k) -> in(0, (b * steps + time(b, k)) * in + i % in));
      case 2 -> overRows(du, i / n, (b, k) -> before(b, k, i % n));
      case 3 -> ofBias(da, i);
      case 4 -> ofBias(du, i);
      default -> dh0[i / n][i % n];
    };
  }

  private void backward() {
    da = new Near[batch][steps][3][n];
    du = new Near[batch][steps][3][n];
    dh0 = new Near[batch][n];
    for (int b = 0; b < batch; b++) {
      Near[] dh = dh0[b];
      Arrays.fill(dh, Near.ZERO);
      for (int k = length(b) - 1; k >= 0; k--) {
        int t = time(b, k);
        for (int j = 0; j < n; j++) {
          backward(b, k, j, dh, Near.exact(of.gradOut((b * steps + t) * n + j)));
        }
        Near[][] d = du[b][t];
        for (int j = 0; j < n; j++) {
          int column = j;
          dh[j] = dh[j].plus(Near.dot(3 * n, u -> d[u / n][u % n], u -> in(2, u * n + column)));
        }
      }
    }
  }

  /** Leaves in dh what goes to the state before by the update gate. */
  private void backward(int b, int k, int j, Near[] dh, Near gradOut) {
    int t = time(b, k);
    Near whole = dh[j].plus(gradOut);
    Near r = gate[b][t][0][j];
    Near z = gate[b][t][1][j];
    Near g = gate[b][t][2][j];
    dh[j] = whole.times(z);
    Near a3 = whole.minus(dh[j]).times(Near.ONE.minus(g.times(g)));
    Near[][] d = da[b][t];
    d[0][j] = a3.times(term[b][t][j]).times(r.times(Near.ONE.minus(r)));
    d[1][j] = whole.times(before(b, k, j).minus(g)).times(z.times(Near.ONE.minus(z)));
    d[2][j] = a3;
    du[b][t][0][j] = d[0][j];
    du[b][t][1][j] = d[1][j];
    du[b][t][2][j] = a3.times(r);
  }

  private Near ofInput(int i) {
    Near[][] d = da[i / in / steps][i / in % steps];
    boolean padding = i / in % steps >= length(i / in / steps);
    return padding ? Near.ZERO : Near.dot(3 * n, q -> d[q / n][q % n], q -> in(1, q * in + i % in));
  }

  private interface Column {
    Near at(int b, int k);
  }

  /** Examples and steps of all rows. */
  private int[][] rows() {
    return IntStream.range(0, batch)
        .boxed()
        .flatMap(b -> IntStream.range(0, length(b)).mapToObj(k -> new int[] {b, k}))
        .toArray(int[][]::new);
  }

  private Near overRows(Near[][][][] d, int row, Column other) {
    int[][] rows = rows();
    return Near.dot(
        rows.length, s -> derivative(d, rows[s], row), s -> other.at(rows[s][0], rows[s][1]));
  }

  private Near ofBias(Near[][][][] d, int row) {
    int[][] rows = rows();
    return Near.columnSum(rows.length, s -> derivative(d, rows[s], row));
  }

  private Near derivative(Near[][][][] d, int[] at, int row) {
    return d[at[0]][time(at[0], at[1])][row / n][row % n];
  }

  /** Kept from the last call if the values are the same. */
  static final class Cache {
    private final Gru op;
    private NaiveGru last;

    Cache(Gru op) {
      this.op = op;
    }

    NaiveGru of(OpValues v) {
      if (last == null || last.of != v) {
        last = new NaiveGru(v, op);
      }
      return last;
    }
  }
}
