package limbeck.autograd.module;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.Slice;

/**
 * Long short-term memory: x [batch, time, in] gives the hidden states [batch, time, hidden] of all
 * steps; see {@link limbeck.engine.op.nn.Lstm}. Parameters of layer k are {@code weight_ih_lk}
 * [4·hidden, in] (from the second layer on [4·hidden, hidden]), {@code weight_hh_lk} [4·hidden,
 * hidden], {@code bias_ih_lk} and {@code bias_hh_lk} [4·hidden], with the gates in the order input,
 * forget, candidate, output. They start uniform in ±1/√hidden.
 *
 * <p>Lengths, I32 [batch], say how many steps of each example are valid; states of the others are
 * zero. In a layer above the first, what padding holds does not matter either.
 */
public final class Lstm extends RecurrentLayers {
  /**
   * One layer.
   *
   * @throws IllegalArgumentException if there are no inputs or no units
   */
  public Lstm(int in, int hidden) {
    this(in, hidden, 1, 0);
  }

  /**
   * Several layers, each on the states of the one below.
   *
   * @param dropout rate of dropout between layers, in [0, 1)
   * @throws IllegalArgumentException if there are no inputs, units or layers, or the rate is out of
   *     range
   */
  public Lstm(int in, int hidden, int layers, double dropout) {
    super("lstm", 4, in, hidden, layers, dropout, false);
  }

  /**
   * The state of all layers after a sequence: where a next one may go on.
   *
   * @param hidden of each layer, [batch, hidden]
   * @param cells of each layer, [batch, hidden]
   */
  public record State(List<Var> hidden, List<Var> cells) {
    /** Keeps the lists unmodifiable. */
    public State {
      hidden = List.copyOf(hidden);
      cells = List.copyOf(cells);
    }

    /** The same numbers as constants that outlive the tape: for truncated backward passes. */
    public State detached() {
      return new State(detached(hidden), detached(cells));
    }

    private static List<Var> detached(List<Var> vars) {
      return vars.stream().map(v -> Var.of(v.value().own())).toList();
    }
  }

  /**
   * What a sequence gives.
   *
   * @param states hidden states of the last layer, [batch, time, hidden]
   * @param last state of all layers after the last valid step: for an example without one, the
   *     state that it came with
   */
  public record Result(Var states, State last) {}

  @Override
  public Var forward(Var x) {
    return forward(x, null);
  }

  /** The hidden states of the last layer; {@code lengths} may be null: all steps are valid. */
  public Var forward(Var x, Var lengths) {
    Var states = x;
    for (int layer = 0; layer < layers(); layer++) {
      states = dropped(layer, states(direction(layer, 0), states, lengths));
    }
    return states;
  }

  private static Var states(Direction d, Var x, Var lengths) {
    var op = new limbeck.engine.op.nn.Lstm(d.reverse(), lengths != null, false, false);
    return lengths == null
        ? x.apply(op, d.weightIh(), d.weightHh(), d.biasIh(), d.biasHh())
        : x.apply(op, d.weightIh(), d.weightHh(), d.biasIh(), d.biasHh(), lengths);
  }

  /** Hidden states and cells side by side, from an initial state. */
  private static Var statesAndCells(Direction d, Var x, Var lengths, Var h0, Var c0) {
    var op = new limbeck.engine.op.nn.Lstm(d.reverse(), lengths != null, true, true);
    return lengths == null
        ? x.apply(op, d.weightIh(), d.weightHh(), d.biasIh(), d.biasHh(), h0, c0)
        : x.apply(op, d.weightIh(), d.weightHh(), d.biasIh(), d.biasHh(), lengths, h0, c0);
  }

  /** The hidden state after the last valid step, [batch, hidden]: a vector for the sequence. */
  public Var last(Var x, Var lengths) {
    return lastStep(forward(x, lengths), lengths);
  }

  /**
   * Goes on from a state, and says where it got to. An example of no steps keeps its state.
   *
   * @param lengths null if all steps are valid
   * @throws IllegalArgumentException if the state is not of as many layers
   */
  public Result forward(Var x, Var lengths, State from) {
    if (from.hidden().size() != layers() || from.cells().size() != layers()) {
      throw new IllegalArgumentException(
          "lstm: a state of " + from.hidden().size() + " layers for " + layers());
    }
    List<Var> hidden = new ArrayList<>();
    List<Var> cells = new ArrayList<>();
    Var states = x;
    for (int layer = 0; layer < layers(); layer++) {
      Var h0 = from.hidden().get(layer);
      Var c0 = from.cells().get(layer);
      Var both = statesAndCells(direction(layer, 0), states, lengths, h0, c0);
      int n = h0.shape().last();
      Var end = lastStep(both, lengths, h0.apply(new Concat(1, 2), c0));
      hidden.add(end.apply(new Slice(1, 0, n)));
      cells.add(end.apply(new Slice(1, n, 2 * n)));
      states = dropped(layer, both.apply(new Slice(2, 0, n)));
    }
    return new Result(states, new State(hidden, cells));
  }
}
