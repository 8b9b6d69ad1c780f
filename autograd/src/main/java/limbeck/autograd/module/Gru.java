package limbeck.autograd.module;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Var;

/**
 * Gated recurrent units: x [batch, time, in] gives the hidden states [batch, time, hidden] of all
 * steps; see {@link limbeck.engine.op.nn.Gru}. Parameters of layer k are {@code weight_ih_lk}
 * [3·hidden, in] (from the second layer on [3·hidden, hidden]), {@code weight_hh_lk} [3·hidden,
 * hidden], {@code bias_ih_lk} and {@code bias_hh_lk} [3·hidden], with the gates in the order reset,
 * update, candidate. They start uniform in ±1/√hidden.
 *
 * <p>Lengths, I32 [batch], say how many steps of each example are valid; states of the others are
 * zero.
 */
public final class Gru extends RecurrentLayers {
  /**
   * One layer.
   *
   * @throws IllegalArgumentException if there are no inputs or no units
   */
  public Gru(int in, int hidden) {
    this(in, hidden, 1, 0);
  }

  /**
   * Several layers, each on the states of the one below.
   *
   * @param dropout rate of dropout between layers, in [0, 1)
   * @throws IllegalArgumentException if there are no inputs, units or layers, or the rate is out of
   *     range
   */
  public Gru(int in, int hidden, int layers, double dropout) {
    super("gru", 3, in, hidden, layers, dropout, false);
  }

  /**
   * What a sequence gives.
   *
   * @param states hidden states of the last layer, [batch, time, hidden]
   * @param last hidden states of all layers after the last valid step, [batch, hidden] each: for an
   *     example without one, those that it came with
   */
  public record Result(Var states, List<Var> last) {
    /** Keeps the list unmodifiable. */
    public Result {
      last = List.copyOf(last);
    }
  }

  @Override
  public Var forward(Var x) {
    return forward(x, (Var) null);
  }

  /** The hidden states of the last layer; {@code lengths} may be null: all steps are valid. */
  public Var forward(Var x, Var lengths) {
    Var states = x;
    for (int layer = 0; layer < layers(); layer++) {
      states = dropped(layer, states(direction(layer, 0), states, lengths));
    }
    return states;
  }

  /** The hidden state after the last valid step, [batch, hidden]: a vector for the sequence. */
  public Var last(Var x, Var lengths) {
    return lastStep(forward(x, lengths), lengths);
  }

  /**
   * Goes on from a state, and says where it got to. An example of no steps keeps its state.
   *
   * @param lengths null if all steps are valid
   * @param from hidden states of all layers, [batch, hidden] each
   * @throws IllegalArgumentException if the state is not of as many layers
   */
  public Result forward(Var x, Var lengths, List<Var> from) {
    if (from.size() != layers()) {
      throw new IllegalArgumentException(
          "gru: a state of " + from.size() + " layers for " + layers());
    }
    List<Var> last = new ArrayList<>();
    Var states = x;
    for (int layer = 0; layer < layers(); layer++) {
      Var h0 = from.get(layer);
      Var of = states(direction(layer, 0), states, lengths, h0);
      last.add(lastStep(of, lengths, h0));
      states = dropped(layer, of);
    }
    return new Result(states, last);
  }

  /** The hidden states of one layer in one direction, from nothing. */
  static Var states(Direction d, Var x, Var lengths) {
    var op = new limbeck.engine.op.nn.Gru(d.reverse(), lengths != null, false);
    return lengths == null
        ? x.apply(op, d.weightIh(), d.weightHh(), d.biasIh(), d.biasHh())
        : x.apply(op, d.weightIh(), d.weightHh(), d.biasIh(), d.biasHh(), lengths);
  }

  private static Var states(Direction d, Var x, Var lengths, Var h0) {
    var op = new limbeck.engine.op.nn.Gru(d.reverse(), lengths != null, true);
    return lengths == null
        ? x.apply(op, d.weightIh(), d.weightHh(), d.biasIh(), d.biasHh(), h0)
        : x.apply(op, d.weightIh(), d.weightHh(), d.biasIh(), d.biasHh(), lengths, h0);
  }
}
