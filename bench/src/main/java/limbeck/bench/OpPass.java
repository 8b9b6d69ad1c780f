package limbeck.bench;

/** What of an op is run. */
public enum OpPass {
  /** The result. */
  FORWARD,
  /** All gradients. */
  BACKWARD,
  /** The gradient of the first operand alone, the input of layers. */
  INPUT,
  /** The gradients of all operands but the first: weights and biases. */
  WEIGHTS;

  /** Whether this needs the gradient of operand {@code k}. */
  boolean wants(int k) {
    return this == BACKWARD || this == (k == 0 ? INPUT : WEIGHTS);
  }
}
