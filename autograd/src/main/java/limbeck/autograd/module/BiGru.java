package limbeck.autograd.module;

import limbeck.autograd.Var;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.Slice;

/**
 * Gated recurrent units in both directions: x [batch, time, in] gives the hidden states [batch,
 * time, 2·hidden], forward ones first.
 *
 * <p>Parameters of layer k are those of {@link Gru}, and the same with {@code _reverse} at the end
 * for the direction from the last step to the first. From the second layer on the inputs are the
 * 2·hidden states of the layer below. With lengths, I32 [batch], the reverse direction starts at
 * each example's last valid step, and states of padding are zero.
 */
public final class BiGru extends RecurrentLayers {
  /**
   * One layer.
   *
   * @throws IllegalArgumentException if there are no inputs or no units
   */
  public BiGru(int in, int hidden) {
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
  public BiGru(int in, int hidden, int layers, double dropout) {
    super("biGru", 3, in, hidden, layers, dropout, true);
  }

  @Override
  public Var forward(Var x) {
    return forward(x, null);
  }

  /** The hidden states of the last layer; {@code lengths} may be null: all steps are valid. */
  public Var forward(Var x, Var lengths) {
    return both(layers() - 1, below(x, lengths), lengths);
  }

  /**
   * A vector for each sequence, [batch, 2·hidden]: where each direction ends, the last valid state
   * of the forward one beside the first state of the reverse one; zeros for a sequence without
   * steps.
   */
  public Var ends(Var x, Var lengths) {
    Var below = below(x, lengths);
    Var forward = Gru.states(direction(layers() - 1, 0), below, lengths);
    Var reverse = Gru.states(direction(layers() - 1, 1), below, lengths);
    Var first = reverse.apply(new Slice(1, 0, 1)).apply(Reshape.to(0, reverse.shape().last()));
    return lastStep(forward, lengths).apply(new Concat(1, 2), first);
  }

  /** What the last layer reads. */
  private Var below(Var x, Var lengths) {
    Var states = x;
    for (int layer = 0; layer < layers() - 1; layer++) {
      states = dropped(layer, both(layer, states, lengths));
    }
    return states;
  }

  private Var both(int layer, Var x, Var lengths) {
    Var forward = Gru.states(direction(layer, 0), x, lengths);
    return forward.apply(new Concat(2, 2), Gru.states(direction(layer, 1), x, lengths));
  }
}
