package limbeck.kd.train;

import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.kd.data.Dataset;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.BiasCorrection;
import limbeck.kd.vision.Network;

/** Makes the networks of arms that are not trained, out of finished ones of the same seed. */
final class DerivedArms {
  private final ArmNetworks networks;
  private final Map<String, Trained> results;
  private final Listener listener;

  /**
   * Networks out of finished ones.
   *
   * @param results by {@link Trainer#name}, looked at when a network is made
   */
  DerivedArms(ArmNetworks networks, Map<String, Trained> results, Listener listener) {
    this.networks = networks;
    this.results = results;
    this.listener = listener;
  }

  /** The network of a derived arm. */
  Trained make(Arm arm, long seed, OpContext context) {
    return corrected(arm, (BiasCorrection) arm.derivation(), seed, context);
  }

  private Trained corrected(Arm arm, BiasCorrection how, long seed, OpContext context) {
    Trained base = results.get(Trainer.name(how.arm(), seed));
    Network network = networks.frozen(base);
    Dataset held = networks.experiment().heldOut(arm);
    float[] logits = Evaluation.logits(network, held, held.classes(), context);
    double offset = BiasSearch.best(logits, held.labels(), held.classes(), how.classes());
    BiasSearch.apply(network, how.classes(), offset);
    listener.note(
        arm.id() + ", seed " + seed + ": offset " + offset + " on the biases of " + how.classes());
    Trained.History h = base.history();
    return new Trained(
        arm,
        seed,
        network,
        new Trained.History(h.trainLoss(), h.validationErrors(), h.validationNll(), 0, offset));
  }
}
