package limbeck.kd.train;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import limbeck.kd.Experiment;
import limbeck.kd.Network;
import limbeck.kd.TapShapes;
import limbeck.kd.recipe.Arm;

/** The networks of an experiment's arms, and what training them costs. */
final class ArmNetworks {
  /** Forward, and two products of about the same size backward. */
  private static final double PASSES = 3;

  private final Experiment experiment;
  private final Map<String, Long> multiplyAdds = new ConcurrentHashMap<>();

  ArmNetworks(Experiment experiment) {
    this.experiment = experiment;
  }

  Experiment experiment() {
    return experiment;
  }

  /** A network of an arm's kind, without dropout, not trained yet. */
  Network of(Arm arm) {
    return arm.network().build(experiment.train(), null);
  }

  /** The shapes of what an arm's networks can tell. */
  TapShapes shapes(Arm arm) {
    Network any = of(arm);
    any.init(0); // shapes do not depend on values
    return TapShapes.of(arm.id(), any);
  }

  /** A network of its own: the trained one may be read by several students at once. */
  Network frozen(Trained t) {
    Network network = of(t.arm());
    network.load(t.network().state());
    return network;
  }

  /** Multiply-adds of an arm's whole training. */
  double work(Arm arm) {
    return arm.isTrained() ? PASSES * multiplyAdds(arm) * examples(arm) * arm.epochs() : 0;
  }

  /**
   * Examples of an epoch. Which classes a specialist has is known when the generalist is finished:
   * until then all classes count as equally large.
   */
  private double examples(Arm arm) {
    double shown = experiment.shown(arm).size();
    boolean specialist = arm.start() != null && arm.start().specialist() != null;
    return specialist
        ? 2 * shown * arm.start().specialist().classes() / experiment.train().classes()
        : shown;
  }

  private long multiplyAdds(Arm arm) {
    return multiplyAdds.computeIfAbsent(
        arm.id(),
        id -> {
          Network any = of(arm);
          any.init(0); // counting takes a pass
          return any.multiplyAdds();
        });
  }
}
