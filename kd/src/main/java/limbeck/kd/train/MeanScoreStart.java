package limbeck.kd.train;

import java.util.List;
import limbeck.kd.Network;
import limbeck.kd.data.Dataset;

/**
 * A training on scores begins with a network that says their mean, as far as its drawn weights let
 * it: with an output that begins at 0 the first epochs would go into finding the mean.
 */
final class MeanScoreStart implements FitStart {
  private final double mean;

  /** On examples with scores. */
  MeanScoreStart(Dataset train) {
    double sum = 0;
    for (int i = 0; i < train.size(); i++) {
      sum += train.score(i);
    }
    mean = sum / train.size();
  }

  @Override
  public void begin(Network network) {
    BiasSearch.apply(network, List.of(0), mean);
  }
}
