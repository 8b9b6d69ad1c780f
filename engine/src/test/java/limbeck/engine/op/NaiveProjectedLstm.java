package limbeck.engine.op;

import java.util.Arrays;
import java.util.stream.IntStream;
import limbeck.engine.op.nn.ProjectedLstm;
import limbeck.engine.verify.OpValues;

/**
 * The recurrence with projected states, written down step by step and unit by unit, with the error
 * that float32 may make: result and gradients of all operands. Gates are numbered input, forget,
 * candidate, output.
 */
final class NaiveProjectedLstm {
  private final OpValues of;
  private final ProjectedLstm op;
  private final int batch;
  private final int steps;
  private final int in;
  private final int n;
  private final int p;

  /** By example, time, gate and unit; by example, time and unit. Null in padding. */
  private final Near[][][][] gate;

  private final Near[][][] cell;
  private final Near[][][] hidden;
  private final Near[][][] state;
  private Near[][][][] da;
  private Near[][][] dr;

  NaiveProjectedLstm(OpValues v, ProjectedLstm op) {
    this.of = v;
    this.op = op;
    batch = v.shape(0).axis(0);
    steps = v.shape(0).axis(1);
    in = v.shape(0).axis(2);
    n = v.shape(4).axis(1);
    p = v.shape(4).axis(0);
    gate = new Near[batch][steps][4][n];
    cell = new Near[batch][steps][n];
    hidden = new Near[batch][steps][n];
    state = new Near[batch][steps][p];
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

  private Near clip(Near z) {
    return op.clip() > 0 ? z.clip(op.clip()) : z;
  }

  private boolean clipped(Near z) {
    return op.clip() > 0 && Math.abs(z.value()) == op.clip();
  }

  private void forward(int b, int k, int t) {
    for (int j = 0; j < n; j++) {
      for (int q = 0; q < 4; q++) {
        Near a = gateInput(b, k, q * n + j);
        gate[b][t][q][j] = q == 2 ? a.tanh() : a.sigmoid();
      }
      Near[][] g = gate[b][t];
      Near c = g[0][j].times(g[2][j]);
      cell[b][t][j] = clip(k == 0 ? c : g[1][j].times(cell[b][time(b, k - 1)][j]).plus(c));
      hidden[b][t][j] = g[3][j].times(cell[b][t][j].tanh());
    }
    for (int j = 0; j < p; j++) {
      int row = j;
      state[b][t][j] = clip(Near.dot(n, u -> hidden[b][t][u], u -> in(4, row * n + u)));
    }
  }

  private Near gateInput(int b, int k, int row) {
    int x = (b * steps + time(b, k)) * in;
    Near a = Near.dot(in, u -> in(0, x + u), u -> in(1, row * in + u)).plus(in(3, row));
    if (k == 0) {
      return a.plus(Near.ZERO);
    }
    Near[] last = state[b][time(b, k - 1)];
    return a.plus(Near.dot(p, u -> last[u], u -> in(2, row * p + u)));
  }

  Near result(int i) {
    Near z = state[i / p / steps][i / p % steps][i % p];
    return z == null ? Near.ZERO : z;
  }

  Near gradient(int operand, int i) {
    if (da == null) {
      backward();
    }
    return switch (operand) {
      case 0 -> ofInput(i);
      case 1 -> overRows(i / in, i % in, false, this::input);
      case 2 -> overRows(i / p, i % p, false, this::before);
      case 3 -> ofBias(i);
      default -> overRows(i / n, i % n, true, (b, k, j) -> hidden[b][time(b, k)][j]);
    };
  }

  private void backward() {
    da = new Near[batch][steps][4][n];
    dr = new Near[batch][steps][p];
    for (int b = 0; b < batch; b++) {
      Near[] dc = new Near[n];
      Arrays.fill(dc, Near.ZERO);
      for (int k = length(b) - 1; k >= 0; k--) {
        for (int j = 0; j < p; j++) {
          int t = time(b, k);
          Near d = fromLater(b, k, j).plus(Near.exact(of.gradOut((b * steps + t) * p + j)));
          dr[b][t][j] = clipped(state[b][t][j]) ? Near.ZERO : d;
        }
        for (int j = 0; j < n; j++) {
          backward(b, k, j, dc);
        }
      }
    }
  }

  /** What the step after the k-th hands back to element j of the projected state. */
  private Near fromLater(int b, int k, int j) {
    if (k + 1 >= length(b)) {
      return Near.ZERO;
    }
    Near[][] later = da[b][time(b, k + 1)];
    return Near.dot(4 * n, u -> later[u / n][u % n], u -> in(2, u * p + j));
  }

  private void backward(int b, int k, int j, Near[] dc) {
    int t = time(b, k);
    Near dh = Near.dot(p, u -> dr[b][t][u], u -> in(4, u * n + j));
    Near i = gate[b][t][0][j];
    Near f = gate[b][t][1][j];
    Near g = gate[b][t][2][j];
    Near o = gate[b][t][3][j];
    Near tanh = cell[b][t][j].tanh();
    Near[][] d = da[b][t];
    d[3][j] = dh.times(tanh).times(o.times(Near.ONE.minus(o)));
    dc[j] = dc[j].plus(dh.times(o).times(Near.ONE.minus(tanh.times(tanh))));
    dc[j] = clipped(cell[b][t][j]) ? Near.ZERO : dc[j];
    Near last = k == 0 ? Near.ZERO : cell[b][time(b, k - 1)][j];
    d[0][j] = dc[j].times(g).times(i.times(Near.ONE.minus(i)));
    d[1][j] = dc[j].times(last).times(f.times(Near.ONE.minus(f)));
    d[2][j] = dc[j].times(i).times(Near.ONE.minus(g.times(g)));
    dc[j] = dc[j].times(f);
  }

  private Near ofInput(int i) {
    Near[][] d = da[i / in / steps][i / in % steps];
    boolean padding = i / in % steps >= length(i / in / steps);
    return padding ? Near.ZERO : Near.dot(4 * n, q -> d[q / n][q % n], q -> in(1, q * in + i % in));
  }

  private interface Column {
    Near at(int b, int k, int j);
  }

  private Near input(int b, int k, int j) {
    return in(0, (b * steps + time(b, k)) * in + j);
  }

  private Near before(int b, int k, int j) {
    return k == 0 ? Near.ZERO : state[b][time(b, k - 1)][j];
  }

  /** Examples and steps of all rows. */
  private int[][] rows() {
    return IntStream.range(0, batch)
        .boxed()
        .flatMap(b -> IntStream.range(0, length(b)).mapToObj(k -> new int[] {b, k}))
        .toArray(int[][]::new);
  }

  private Near overRows(int row, int column, boolean projected, Column other) {
    int[][] rows = rows();
    return Near.dot(
        rows.length,
        s -> derivative(rows[s][0], rows[s][1], row, projected),
        s -> other.at(rows[s][0], rows[s][1], column));
  }

  private Near derivative(int b, int k, int row, boolean projected) {
    int t = time(b, k);
    return projected ? dr[b][t][row] : da[b][t][row / n][row % n];
  }

  private Near ofBias(int row) {
    int[][] rows = rows();
    return Near.columnSum(rows.length, s -> derivative(rows[s][0], rows[s][1], row, false));
  }

  /** Kept from the last call if the values are the same. */
  static final class Cache {
    private final ProjectedLstm op;
    private NaiveProjectedLstm last;

    Cache(ProjectedLstm op) {
      this.op = op;
    }

    NaiveProjectedLstm of(OpValues v) {
      if (last == null || last.of != v) {
        last = new NaiveProjectedLstm(v, op);
      }
      return last;
    }
  }
}
