package limbeck.kd;

import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * Something that knows more than the labels: a frozen network, an ensemble, or its logits kept on
 * disk.
 */
public interface Teacher {
  /**
   * The logits [batch, classes] for a batch. In evaluation mode, recorded by no tape; alive until
   * the context's workspace is reset.
   */
  Tensor logits(Batch batch, OpContext context);

  /**
   * The logits, and the activations of the taps that this teacher was made to listen to; detached,
   * and alive as long as {@link #logits}.
   */
  default Outputs outputs(Batch batch, OpContext context) {
    return Outputs.detached(logits(batch, context));
  }

  /** The number of classes. */
  int classes();
}
