package limbeck.kd.train;

import limbeck.kd.Network;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.Order;
import limbeck.kd.data.Sampler;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.NetworkChoice;

/**
 * How a training begins, which examples its epochs have, and what it leaves: usually an arm's
 * network with weights that are drawn, all examples, and the network.
 */
interface FitStart {
  /** Weights are drawn. */
  FitStart DRAWN = new FitStart() {};

  /** The network to train. */
  default NetworkChoice network(Arm arm) {
    return arm.network();
  }

  /** Gives the network, whose weights are drawn, others to begin with. */
  default void begin(Network network) {}

  /** The epochs of a training on {@code data}. */
  default Order order(Dataset data, long seed) {
    return new Sampler(seed, data.size());
  }

  /** What remains of the network in the end. */
  default Network finished(Network trained) {
    return trained;
  }
}
