package limbeck.nlp.pretrain;

import java.io.IOException;
import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * A pretraining that goes step by step, whatever its model is; {@link PretrainLoop} takes the
 * steps. It is a function of plan and step number, so that one that is stopped and resumed has the
 * bits of one that was not.
 */
interface SteppedPretraining {
  /** Steps that were done. */
  long step();

  /** All steps. */
  long steps();

  /** Tokens of a step's batch: of the last that was taken, if they differ. */
  long tokens();

  /**
   * Takes a step.
   *
   * @return the loss of its batch before it
   * @throws IOException if the corpus cannot be read
   * @throws ArithmeticException if the loss is no longer a number
   */
  double advance(OpContext context) throws IOException;

  /**
   * Measures on what is held out.
   *
   * @throws IOException if the corpus cannot be read
   */
  Measurement measure(OpContext context) throws IOException;

  /** All that a checkpoint must hold. */
  Map<String, Tensor> state();

  /**
   * Goes on after so many steps.
   *
   * @throws limbeck.engine.tensor.ShapeException if a tensor is missing or does not fit
   */
  void resume(long done, Map<String, Tensor> state);

  /** Sizes of model and corpus that the folder's record states, by their names. */
  Map<String, Long> sizes();

  /** What a model says about what is held out. */
  interface Measurement {
    /** The figures that the folder's record keeps, by their names. */
    Map<String, Double> figures();

    /** The same for people, in a line. */
    String line();
  }
}
