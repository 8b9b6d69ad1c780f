package limbeck.kd.vision;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;

/**
 * A network that ends with the exit behind one of its stages: what an exit of {@link WithExits}
 * alone is. {@code exits:resnet-8@exit1} is the first stage of a resnet-8 with its exit. Parameters
 * have the names that they have there.
 */
final class EarlyExit extends ImageNetwork {
  private final StagedNetwork network;
  private final int stage;
  private final ShallowExit exit;

  /** One that ends behind a stage, from 1, of a network. */
  EarlyExit(Blueprint b, Family.Plan plan, int stage) {
    super(b);
    this.stage = stage;
    network = plan.staged(b);
    network.layersTo(stage).forEach(this::child);
    exit = child(WithExits.name(stage), ShallowExit.behind(stage, plan.staged(b).shapes(), b));
  }

  @Override
  public Var forward(Var x) {
    return exit.forward(network.through(1, stage, network.begin(x)));
  }

  @Override
  public List<Linear> classifiers() {
    return List.of(exit.last());
  }

  @Override
  public List<Linear> hiddenLayers() {
    return network.hiddenLayers().stream().filter(children()::containsValue).toList();
  }
}
