package limbeck.engine.op;

import limbeck.engine.op.nn.RecurrentOp;
import limbeck.engine.verify.OpValues;

/**
 * The recurrence of one direction, written down step by step and unit by unit, with the error that
 * float32 may make: result and gradients of all operands. Gates are numbered input, forget,
 * candidate, output.
 */
final class NaiveLstm {
  private final OpValues of;
  private final RecurrentOp op;
  private final int direction;

  /** The operand weightIh of the direction. */
  private final int first;

  private final int batch;
  private final int steps;
  private final int in;
  private final int n;

  /** By example, time, gate and unit; by example, time and unit. Null in padding. */
  private final Near[][][][] gate;

  private final Near[][][] cell;
  private final Near[][][] hidden;

  private final Near[][] result;
  private Near[][][][] da;
  private Near[][] gradients;

  NaiveLstm(OpValues v, RecurrentOp op, int direction) {
    this.of = v;
    this.op = op;
    this.direction = direction;
    first = op.weights(direction);
    batch = v.shape(0).axis(0);
    steps = v.shape(0).axis(1);
    in = v.shape(0).axis(2);
    n = v.shape(2).axis(1);
    gate = new Near[batch][steps][4][n];
    cell = new Near[batch][steps][n];
    hidden = new Near[batch][steps][n];
    for (int b = 0; b < batch; b++) {
      for (int k = 0; k < length(b); k++) {
        forward(b, k);
      }
    }
    result = op.cells() ? beside(hidden, cell) : beside(hidden);
  }

  /** By row of the result; zeros in padding. */
  private Near[][] beside(Near[][][]... parts) {
    Near[][] rows = new Near[batch * steps][parts.length * n];
    for (int row = 0; row < rows.length; row++) {
      for (int j = 0; j < parts.length * n; j++) {
        Near x = parts[j / n][row / steps][row % steps][j % n];
        rows[row][j] = x == null ? Near.ZERO : x;
      }
    }
    return rows;
  }

  private int length(int b) {
    return op.lengths() ? (int) of.in(op.lengthsOperand(), b) : steps;
  }

  /** The time of the k-th step to be computed. */
  private int time(int b, int k) {
    return op.reverse(direction) ? length(b) - 1 - k : k;
  }

  private Near in(int operand, int i) {
    return Near.exact(of.in(operand, i));
  }

  private int initial(int which) {
    return op.initialOperand() + which;
  }

  /** State before the k-th step; null if there is none. */
  private Near before(Near[][][] states, int which, int b, int k, int j) {
    if (k > 0) {
      return states[b][time(b, k - 1)][j];
    }
    return op.initial() ? in(initial(which), b * n + j) : null;
  }

  private void forward(int b, int k) {
    int t = time(b, k);
    for (int j = 0; j < n; j++) {
      for (int q = 0; q < 4; q++) {
        Near a = gateInput(b, k, q * n + j);
        gate[b][t][q][j] = q == 2 ? a.tanh() : a.sigmoid();
      }
      Near[][] g = gate[b][t];
      Near c = g[0][j].times(g[2][j]);
      Near last = before(cell, 1, b, k, j);
      cell[b][t][j] = last == null ? c : g[1][j].times(last).plus(c);
      hidden[b][t][j] = g[3][j].times(cell[b][t][j].tanh());
    }
  }

  private Near gateInput(int b, int k, int row) {
    int x = (b * steps + time(b, k)) * in;
    Near a = Near.dot(in, p -> in(0, x + p), p -> in(first, row * in + p));
    a = a.plus(in(first + 2, row)).plus(in(first + 3, row));
    if (k == 0 && !op.initial()) {
      return a;
    }
    return a.plus(Near.dot(n, p -> before(hidden, 0, b, k, p), p -> in(first + 1, row * n + p)));
  }

  Near result(int i) {
    return result[i / result[0].length][i % result[0].length];
  }

  /** Hidden unit j where example b ends. */
  Near end(int b, int j) {
    return length(b) == 0 ? Near.ZERO : hidden[b][time(b, length(b) - 1)][j];
  }

  /** Hidden unit j of a row [batch · time], zero in padding. */
  Near state(int row, int j) {
    return result[row][j];
  }

  Near gradient(int operand, int i) {
    if (gradients == null) {
      backward();
    }
    return gradients[operand][i];
  }

  private void backward() {
    da = new Near[batch][steps][4][n];
    gradients = new Near[initial(2)][];
    Near[] dh0 = new Near[batch * n];
    Near[] dc0 = new Near[batch * n];
    for (int b = 0; b < batch; b++) {
      Near[] dc = new Near[n];
      for (int j = 0; j < n; j++) {
        dc[j] = Near.ZERO;
      }
      for (int k = length(b) - 1; k >= 0; k--) {
        for (int j = 0; j < n; j++) {
          backward(b, k, j, dc);
        }
      }
      for (int j = 0; j < n; j++) {
        dh0[b * n + j] = fromLater(b, -1, j);
        dc0[b * n + j] = dc[j];
      }
    }
    gradientsOfParameters();
    if (op.initial()) {
      gradients[initial(0)] = dh0;
      gradients[initial(1)] = dc0;
    }
  }

  /** What the step after the k-th hands back to unit j's hidden state. */
  private Near fromLater(int b, int k, int j) {
    if (k + 1 >= length(b)) {
      return Near.ZERO;
    }
    Near[][] later = da[b][time(b, k + 1)];
    return Near.dot(4 * n, p -> later[p / n][p % n], p -> in(first + 1, p * n + j));
  }

  private void backward(int b, int k, int j, Near[] dc) {
    int t = time(b, k);
    Near dh = fromLater(b, k, j).plus(gradOut(b, k, j));
    if (op.cells()) {
      dc[j] = dc[j].plus(gradOut(b, k, n + j));
    }
    Near i = gate[b][t][0][j];
    Near f = gate[b][t][1][j];
    Near g = gate[b][t][2][j];
    Near o = gate[b][t][3][j];
    Near tanh = cell[b][t][j].tanh();
    dc[j] = dc[j].plus(dh.times(o).times(Near.ONE.minus(tanh.times(tanh))));
    Near last = before(cell, 1, b, k, j);
    Near[][] d = da[b][t];
    d[0][j] = dc[j].times(g).times(i.times(Near.ONE.minus(i)));
    d[1][j] = last == null ? Near.ZERO : dc[j].times(last).times(f.times(Near.ONE.minus(f)));
    d[2][j] = dc[j].times(i).times(Near.ONE.minus(g.times(g)));
    d[3][j] = dh.times(tanh).times(o.times(Near.ONE.minus(o)));
    dc[j] = dc[j].times(f);
  }

  /** By the state after the k-th step, at the column of one direction alone. */
  private Near gradOut(int b, int k, int column) {
    int width = op.directions() * result[0].length;
    int j = direction * result[0].length + column;
    if (op.ends()) {
      return k == length(b) - 1 ? Near.exact(of.gradOut(b * width + j)) : Near.ZERO;
    }
    return Near.exact(of.gradOut((b * steps + time(b, k)) * width + j));
  }

  private void gradientsOfParameters() {
    int rows = 0;
    for (int b = 0; b < batch; b++) {
      rows += length(b);
    }
    int[] example = new int[rows];
    int[] step = new int[rows];
    for (int b = 0, row = 0; b < batch; b++) {
      for (int k = 0; k < length(b); k++, row++) {
        example[row] = b;
        step[row] = k;
      }
    }
    int valid = rows;
    gradients[0] = new Near[batch * steps * in];
    for (int i = 0; i < gradients[0].length; i++) {
      int p = i % in;
      Near[][] d = da[i / in / steps][i / in % steps];
      boolean padding = i / in % steps >= length(i / in / steps);
      gradients[0][i] =
          padding ? Near.ZERO : Near.dot(4 * n, q -> d[q / n][q % n], q -> in(first, q * in + p));
    }
    for (int k = 1; k <= 4; k++) {
      int operand = k;
      int width = k == 1 ? in : k == 2 ? n : 1;
      Near[] ofParameter = new Near[4 * n * width];
      gradients[first + k - 1] = ofParameter;
      for (int i = 0; i < ofParameter.length; i++) {
        int row = i / width;
        int p = i % width;
        ofParameter[i] =
            k < 3
                ? Near.dot(
                    valid,
                    s -> gradient(example[s], step[s], row),
                    s ->
                        operand == 1 ? input(example[s], step[s], p) : last(example[s], step[s], p))
                : Near.columnSum(valid, s -> gradient(example[s], step[s], row));
      }
    }
  }

  private Near gradient(int b, int k, int row) {
    return da[b][time(b, k)][row / n][row % n];
  }

  private Near input(int b, int k, int p) {
    return in(0, (b * steps + time(b, k)) * in + p);
  }

  private Near last(int b, int k, int p) {
    Near h = before(hidden, 0, b, k, p);
    return h == null ? Near.ZERO : h;
  }

  /** Both directions, or the one, kept from the last call if the values are the same. */
  static final class Cache {
    private final RecurrentOp op;
    private NaiveLstm[] last;

    Cache(RecurrentOp op) {
      this.op = op;
    }

    private NaiveLstm[] of(OpValues v) {
      if (last == null || last[0].of != v) {
        last = new NaiveLstm[op.directions()];
        for (int d = 0; d < last.length; d++) {
          last[d] = new NaiveLstm(v, op, d);
        }
      }
      return last;
    }

    Near result(OpValues v, int i) {
      NaiveLstm[] directions = of(v);
      if (directions.length == 1) {
        return directions[0].result(i);
      }
      int n = directions[0].n;
      NaiveLstm one = directions[i % (2 * n) / n];
      int row = i / (2 * n);
      return op.ends() ? one.end(row, i % n) : one.state(row, i % n);
    }

    /** Both directions read x; all other operands belong to one. */
    Near gradient(OpValues v, int operand, int i) {
      NaiveLstm[] directions = of(v);
      if (operand == 0 && directions.length == 2) {
        return directions[0].gradient(0, i).plus(directions[1].gradient(0, i));
      }
      boolean second = directions.length == 2 && operand >= op.weights(1);
      return directions[second ? 1 : 0].gradient(operand, i);
    }
  }
}
