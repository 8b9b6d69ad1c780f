package limbeck.kd.cli;

import java.util.ServiceLoader;
import limbeck.engine.io.FormatException;
import limbeck.kd.ModelFile;
import limbeck.kd.Predictor;
import limbeck.kd.PredictorSource;

/** Finds who knows how to ask a model about what is typed. */
final class Predictors {
  private Predictors() {}

  /**
   * A model's predictor; null if nobody knows it: it looks at pictures.
   *
   * @throws FormatException if what the file says of its inputs is damaged
   */
  static Predictor of(ModelFile file) throws FormatException {
    ClassLoader loader = Predictors.class.getClassLoader();
    for (PredictorSource source : ServiceLoader.load(PredictorSource.class, loader)) {
      Predictor p = source.of(file);
      if (p != null) {
        return p;
      }
    }
    return null;
  }
}
