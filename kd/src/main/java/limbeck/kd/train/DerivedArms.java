package limbeck.kd.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Network;
import limbeck.kd.data.Dataset;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.BiasCorrection;
import limbeck.kd.recipe.Chosen;
import limbeck.kd.recipe.EnsembleOf;
import limbeck.kd.recipe.Part;
import limbeck.kd.recipe.Start;
import limbeck.kd.recipe.WithSpecialists;
import limbeck.kd.specialist.SpecialClasses;

/** Makes the networks of arms that are not trained, out of finished ones of the same seed. */
final class DerivedArms {
  private final ArmNetworks networks;
  private final ArmFits fits;
  private final Map<String, Trained> results;
  private final Listener listener;

  /**
   * Networks out of finished ones.
   *
   * @param results by {@link Trainer#name}, looked at when a network is made
   */
  DerivedArms(ArmNetworks networks, ArmFits fits, Map<String, Trained> results, Listener listener) {
    this.networks = networks;
    this.fits = fits;
    this.results = results;
    this.listener = listener;
  }

  /** The network of a derived arm. The crew's workspace is reset. */
  Trained make(Arm arm, long seed, Crew crew) throws IOException {
    List<Trained> of =
        arm.derivation().of().stream().map(id -> results.get(Trainer.name(id, seed))).toList();
    if (arm.derivation() instanceof BiasCorrection how) {
      return corrected(arm, of.get(0), how, crew);
    }
    if (arm.derivation() instanceof Chosen) {
      return chosen(arm, of, crew);
    }
    if (arm.derivation() instanceof EnsembleOf) {
      return together(arm, of);
    }
    if (arm.derivation() instanceof Part how) {
      return part(arm, of.get(0), how);
    }
    if (arm.derivation() instanceof WithSpecialists) {
      return withSpecialists(arm, of, crew);
    }
    throw new IllegalStateException(arm.id() + ": no way to make " + arm.derivation());
  }

  private Trained corrected(Arm arm, Trained base, BiasCorrection how, Crew crew) {
    Network network = networks.frozen(base);
    Dataset held = networks.experiment().heldOut(arm);
    float[] logits = Evaluation.logits(network, held, held.classes(), crew.context());
    double offset = BiasSearch.best(logits, held.labels(), held.classes(), how.classes());
    BiasSearch.apply(network, how.classes(), offset);
    note(arm, base.seed(), "offset " + offset + " on the biases of " + how.classes());
    return new Trained(arm, base.seed(), network, base.history().derived(offset, null));
  }

  private Trained chosen(Arm arm, List<Trained> candidates, Crew crew) {
    Dataset data = networks.experiment().validation();
    List<Judged> judged = new ArrayList<>();
    int best = 0;
    for (int i = 0; i < candidates.size(); i++) {
      Network network = networks.frozen(candidates.get(i));
      float[] outputs = Evaluation.logits(network, data, data.outputs(), crew.context());
      judged.add(Judged.of(outputs, data));
      if (judged.get(i).betterThan(judged.get(best))) {
        best = i;
      }
    }
    Trained chosen = candidates.get(best);
    Choice choice =
        new Choice(
            chosen.arm().id(),
            judged.get(0).measure(),
            judged.stream().map(Judged::value).toList());
    note(arm, chosen.seed(), choice.arm() + " is chosen, validation " + choice.describe());
    return new Trained(
        arm,
        chosen.seed(),
        networks.frozen(chosen),
        chosen.history().derived(chosen.history().offset(), choice));
  }

  private Trained together(Arm arm, List<Trained> members) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (int m = 0; m < members.size(); m++) {
      String path = "member" + (m + 1) + ".";
      members.get(m).network().state().forEach((name, t) -> state.put(path + name, t));
    }
    Network network = networks.of(arm);
    network.load(state);
    return new Trained(arm, members.get(0).seed(), network, Trained.History.NONE);
  }

  private Trained part(Arm arm, Trained whole, Part how) {
    Network network = networks.of(arm);
    network.loadPart(how.output(), whole.network().state());
    return new Trained(arm, whole.seed(), network, Trained.History.NONE);
  }

  /** The generalist is the first of the members. */
  private Trained withSpecialists(Arm arm, List<Trained> members, Crew crew) throws IOException {
    Trained generalist = members.get(0);
    Network network = networks.of(arm);
    Map<String, Tensor> state = new LinkedHashMap<>(network.init(0).state());
    for (int m = 0; m < members.size(); m++) {
      String path = m == 0 ? "generalist." : "specialist" + m + ".";
      members.get(m).network().state().forEach((name, t) -> state.put(path + name, t));
    }
    Start start = members.get(1).arm().start();
    List<SpecialClasses> sets = fits.sets(start, generalist.seed(), crew);
    for (int m = 0; m < sets.size(); m++) {
      int row = m * sets.get(m).classes();
      sets.get(m).special().forEach(c -> state.get("special").set(row + c, 1));
    }
    network.load(state);
    note(
        arm,
        generalist.seed(),
        "specialists for " + sets.stream().map(SpecialClasses::special).toList());
    return new Trained(arm, generalist.seed(), network, Trained.History.NONE);
  }

  private void note(Arm arm, long seed, String what) {
    listener.note(arm.id() + ", seed " + seed + ": " + what);
  }
}
