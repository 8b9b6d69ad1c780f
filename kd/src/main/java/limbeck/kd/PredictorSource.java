package limbeck.kd;

import limbeck.engine.io.FormatException;

/** Makes predictors of model files: found by {@link java.util.ServiceLoader}. */
public interface PredictorSource {
  /**
   * A predictor; null if the model is of another kind.
   *
   * @throws FormatException if it is of this kind, but damaged
   */
  Predictor of(ModelFile model) throws FormatException;
}
