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

  /** The number of classes. */
  int classes();
}
