package limbeck.kd.data;

/**
 * What a network is shown of some examples, in their order: for one kind of data {@link
 * TensorInputs}, for texts the texts themselves, which every network cuts into tokens of its own.
 */
public interface Inputs {
  /** The number of examples. */
  int size();
}
