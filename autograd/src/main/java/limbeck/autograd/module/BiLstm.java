package limbeck.autograd.module;

import limbeck.autograd.Var;

/**
 * Long short-term memory in both directions: x [batch, time, in] gives the hidden states [batch,
 * time, 2·hidden], forward ones first. Schuster and Paliwal 1997, Bidirectional recurrent neural
 * networks.
 *
 * <p>Parameters of layer k are those of {@link Lstm}, and the same with {@code _reverse} at the end
 * for the direction from the last step to the first. From the second layer on the inputs are the
 * 2·hidden states of the layer below. With lengths, I32 [batch], the reverse direction starts at
 * each example's last valid step, and states of padding are zero.
 */
public final class BiLstm extends RecurrentLayers {
  /**
   * One layer.
   *
   * @throws IllegalArgumentException if there are no inputs or no units
   */
  public BiLstm(int in, int hidden) {
    this(in, hidden, 1, 0);
  }

  /**
   * Several layers, each on the states of the one below.
   *
   * @param hidden units for each direction
   * @param dropout rate of dropout between layers, in [0, 1)
   * @throws IllegalArgumentException if there are no inputs, units or layers, or the rate is out of
   *     range
   */
  public BiLstm(int in, int hidden, int layers, double dropout) {
    super("biLstm", 4, in, hidden, layers, dropout, true);
  }

  @Override
  public Var forward(Var x) {
    return forward(x, null);
  }

  /** The hidden states of the last layer; {@code lengths} may be null: all steps are valid. */
  public Var forward(Var x, Var lengths) {
    return both(layers() - 1, below(x, lengths), lengths, false);
  }

  /**
   * A vector for each sequence, [batch, 2·hidden]: where each direction ends, the last valid state
   * of the forward one beside the first state of the reverse one; zeros for a sequence without
   * steps. The states between are not put together.
   */
  public Var ends(Var x, Var lengths) {
    return both(layers() - 1, below(x, lengths), lengths, true);
  }

  /** What the last layer reads. */
  private Var below(Var x, Var lengths) {
    Var states = x;
    for (int layer = 0; layer < layers() - 1; layer++) {
      states = dropped(layer, both(layer, states, lengths, false));
    }
    return states;
  }

  private Var both(int layer, Var x, Var lengths, boolean ends) {
    Direction f = direction(layer, 0);
    Direction r = direction(layer, 1);
    var op = new limbeck.engine.op.nn.BiLstm(lengths != null, ends);
    return lengths == null
        ? x.apply(
            op,
            f.weightIh(),
            f.weightHh(),
            f.biasIh(),
            f.biasHh(),
            r.weightIh(),
            r.weightHh(),
            r.biasIh(),
            r.biasHh())
        : x.apply(
            op,
            f.weightIh(),
            f.weightHh(),
            f.biasIh(),
            f.biasHh(),
            r.weightIh(),
            r.weightHh(),
            r.biasIh(),
            r.biasHh(),
            lengths);
  }
}
