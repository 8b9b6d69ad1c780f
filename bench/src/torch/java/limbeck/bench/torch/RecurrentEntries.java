package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.BiLstm;
import limbeck.engine.op.nn.Gru;
import limbeck.engine.op.nn.Lstm;
import limbeck.engine.op.nn.ProjectedLstm;
import limbeck.engine.tensor.Tensor;

/** Recurrent layers: libtorch's own, example by example where lengths differ. */
final class RecurrentEntries {
  private RecurrentEntries() {}

  static List<OracleEntry> all() {
    return List.of(
        new OracleEntry("lstm", RecurrentEntries::lstm),
        new OracleEntry("biLstm", RecurrentEntries::biLstm),
        new OracleEntry("gru", RecurrentEntries::gru),
        new OracleEntry("projectedLstm", RecurrentEntries::projectedLstm));
  }

  /** The parameters of a layer whose gates are {@code gates} · hidden numbers. */
  private static List<Tensor> weights(Draw d, int gates, int inputs, int hidden) {
    return List.of(
        d.scaled(0.5, gates * hidden, inputs),
        d.scaled(0.5, gates * hidden, hidden),
        d.scaled(0.5, gates * hidden),
        d.scaled(0.5, gates * hidden));
  }

  /** A layer on x [1, time, in], all of whose steps count, with a state [1, 1, hidden] or none. */
  private interface Layer {
    NDArray of(NDArray x, NDArray h, NDArray c);
  }

  /**
   * Each example by itself, backwards if need be, followed by zeros.
   *
   * @param lengths null: all steps count
   * @param h and c: states [batch, hidden]; null for zeros
   */
  private static NDArray examples(
      NDArray x, NDArray lengths, NDArray h, NDArray c, boolean reverse, int hidden, Layer layer) {
    long batch = x.getShape().get(0);
    long time = x.getShape().get(1);
    NDArray none = Torch.zeros(x, 1, 1, hidden);
    NDArray[] all = new NDArray[(int) batch];
    for (int b = 0; b < batch; b++) {
      long n = lengths == null ? time : lengths.getLong(b);
      NDArray steps = Torch.slice(Torch.slice(x, 0, b, b + 1), 1, 0, n);
      NDArray hb = h == null ? none : Torch.slice(h, 0, b, b + 1).expandDims(0);
      NDArray cb = c == null ? none : Torch.slice(c, 0, b, b + 1).expandDims(0);
      NDArray y = layer.of(reverse ? steps.flip(1) : steps, hb, cb);
      all[b] = (reverse ? y.flip(1) : y).pad(new Shape(0, 0, 0, time - n), 0);
    }
    return Torch.concat(0, all);
  }

  private static Layer lstmOf(NDArray... weights) {
    return (x, h, c) ->
        Torch.nn(x)
            .lstm(x, new NDList(h, c), new NDList(weights), true, 1, 0, true, false, true)
            .get(0);
  }

  private static OracleCase lstm(Draw d) {
    boolean reverse = d.flag();
    boolean lengths = d.flag();
    boolean initial = d.flag();
    int batch = d.size(4);
    int time = d.size(8);
    int inputs = d.size(17);
    int hidden = d.size(17);
    List<Tensor> operands = new ArrayList<>(List.of(d.normal(batch, time, inputs)));
    operands.addAll(weights(d, 4, inputs, hidden));
    if (lengths) {
      operands.add(d.integers(1, time, batch));
    }
    if (initial) {
      operands.add(d.normal(batch, hidden));
      operands.add(d.normal(batch, hidden));
    }
    return new OracleCase(
        new Lstm(reverse, lengths, initial, false),
        in -> {
          NDArray h = initial ? in[in.length - 2] : null;
          NDArray c = initial ? in[in.length - 1] : null;
          Layer layer = lstmOf(in[1], in[2], in[3], in[4]);
          return examples(in[0], lengths ? in[5] : null, h, c, reverse, hidden, layer);
        },
        operands);
  }

  private static OracleCase biLstm(Draw d) {
    boolean lengths = d.flag();
    int batch = d.size(4);
    int time = d.size(8);
    int inputs = d.size(16);
    int hidden = d.size(17);
    List<Tensor> operands = new ArrayList<>(List.of(d.normal(batch, time, inputs)));
    operands.addAll(weights(d, 4, inputs, hidden));
    operands.addAll(weights(d, 4, inputs, hidden));
    if (lengths) {
      operands.add(d.integers(1, time, batch));
    }
    return new OracleCase(
        new BiLstm(lengths, false),
        in -> {
          NDArray n = lengths ? in[9] : null;
          Layer there = lstmOf(in[1], in[2], in[3], in[4]);
          Layer back = lstmOf(in[5], in[6], in[7], in[8]);
          return Torch.concat(
              2,
              examples(in[0], n, null, null, false, hidden, there),
              examples(in[0], n, null, null, true, hidden, back));
        },
        operands);
  }

  private static OracleCase gru(Draw d) {
    boolean reverse = d.flag();
    boolean lengths = d.flag();
    boolean initial = d.flag();
    int batch = d.size(4);
    int time = d.size(8);
    int inputs = d.size(17);
    int hidden = d.size(17);
    List<Tensor> operands = new ArrayList<>(List.of(d.normal(batch, time, inputs)));
    operands.addAll(weights(d, 3, inputs, hidden));
    if (lengths) {
      operands.add(d.integers(1, time, batch));
    }
    if (initial) {
      operands.add(d.normal(batch, hidden));
    }
    return new OracleCase(
        new Gru(reverse, lengths, initial),
        in -> {
          NDList weights = new NDList(in[1], in[2], in[3], in[4]);
          NDArray h = initial ? in[in.length - 1] : null;
          Layer layer =
              (x, hb, cb) -> Torch.nn(x).gru(x, hb, weights, true, 1, 0, true, false, true).get(0);
          return examples(in[0], lengths ? in[5] : null, h, null, reverse, hidden, layer);
        },
        operands);
  }

  private static OracleCase projectedLstm(Draw d) {
    boolean reverse = d.flag();
    boolean lengths = d.flag();
    double clip = d.oneOf(0, 0.3);
    int batch = d.size(4);
    int time = d.size(8);
    int inputs = d.size(17);
    int hidden = d.size(17);
    int projected = d.size(8);
    List<Tensor> operands =
        new ArrayList<>(
            List.of(
                d.normal(batch, time, inputs),
                d.scaled(0.5, 4 * hidden, inputs),
                d.scaled(0.5, 4 * hidden, projected),
                d.scaled(0.5, 4 * hidden),
                d.scaled(0.5, projected, hidden)));
    if (lengths) {
      operands.add(d.integers(1, time, batch));
    }
    return new OracleCase(
        new ProjectedLstm(reverse, lengths, clip),
        in -> {
          Layer layer = (x, h, c) -> projected(x, in, hidden, projected, clip);
          return examples(in[0], lengths ? in[5] : null, null, null, reverse, hidden, layer);
        },
        operands);
  }

  /** DJL hands on no projections: step by step. */
  private static NDArray projected(
      NDArray x, NDArray[] in, int hidden, int projected, double clip) {
    NDArray c = Torch.zeros(x, 1, hidden);
    NDArray r = Torch.zeros(x, 1, projected);
    NDArray[] states = new NDArray[(int) x.getShape().get(1)];
    for (int t = 0; t < states.length; t++) {
      NDArray now = Torch.slice(x, 1, t, t + 1).squeeze(1);
      NDArray gates = now.matMul(in[1].transpose()).add(in[3]).add(r.matMul(in[2].transpose()));
      NDArray kept = gate(gates, 1, hidden).mul(c);
      NDArray added =
          gate(gates, 0, hidden).mul(Torch.slice(gates, 1, 2 * hidden, 3L * hidden).tanh());
      c = clipped(kept.add(added), clip);
      r = clipped(gate(gates, 3, hidden).mul(c.tanh()).matMul(in[4].transpose()), clip);
      states[t] = r.expandDims(1);
    }
    return Torch.concat(1, states);
  }

  private static NDArray gate(NDArray gates, int which, int hidden) {
    return Torch.sigmoid(Torch.slice(gates, 1, which * hidden, (which + 1L) * hidden));
  }

  private static NDArray clipped(NDArray x, double clip) {
    return clip == 0 ? x : x.clip(-clip, clip);
  }
}
