package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;

/**
 * A network whose last stage, with all that follows, is there several times over the same stages
 * before: branches, which a {@link Gate} on what they share mixes to v = Σ g_i z_i, the network's
 * logits. {@code one-3:resnet-8} has three branches. X. Lan, X. Zhu and S. Gong, Knowledge
 * Distillation by On-the-Fly Native Ensemble, NeurIPS 2018, arXiv:1806.04606, section 3.1; {@code
 * limbeck.kd.objective.NativeEnsemble} is what such networks are trained for.
 *
 * <p>Outputs: {@code branch0}, {@code branch1} …, each of which alone is a network of the kind that
 * the branches are of. Taps beside those of all networks: the branches' logits under these names,
 * {@code mixture}, the logits, and {@code gate}, the weights g [batch, branches]; of the later
 * branches {@code branch1.features} and the like.
 *
 * <p>Parameters of the shared layers and of the first branch have the names that they have in the
 * network alone, and so the same initial values; then come {@code branch1.}… with the same names,
 * and {@code gate.linear} and {@code gate.norm}.
 */
final class Branched extends ImageNetwork {
  static final Family FAMILY =
      new Family(
          "one-<branches>:<network>",
          "network whose last stage is there several times, mixed by a gate, such as"
              + " one-3:resnet-8",
          List.of("one-3:resnet-8", "one-3:mlp:784-100-100-10", "one-3:plain-4"),
          Branched::plan);

  private static final Pattern NAME = Pattern.compile("one-([1-9]\\d?):(.+)");

  private final StagedNetwork first;
  private final List<StagedNetwork> branches = new ArrayList<>();
  private final List<Linear> hidden = new ArrayList<>();
  private final Gate gate;

  private Branched(Blueprint b, Family.Plan each, int number) {
    super(b);
    first = each.staged(b);
    first.children().forEach(this::child);
    branches.add(first);
    hidden.addAll(first.hiddenLayers());
    for (int i = 1; i < number; i++) {
      StagedNetwork branch = each.staged(b);
      branch.prefixTaps(name(i) + ".");
      Layers layers = child(name(i), new Layers(branch.layersFrom(branch.stages())));
      branches.add(branch);
      branch.hiddenLayers().stream().filter(layers.children()::containsValue).forEach(hidden::add);
    }
    int shared = first.stages() - 1;
    gate = child("gate", new Gate(each.staged(b).shapes().get(shared - 1), number));
  }

  private static String name(int branch) {
    return "branch" + branch;
  }

  /** Some layers of a network, under the names that they have there. */
  private static final class Layers extends Module {
    Layers(Map<String, Module> layers) {
      layers.forEach(this::child);
    }

    @Override
    public Var forward(Var x) {
      throw new UnsupportedOperationException("their network knows how they follow each other");
    }
  }

  @Override
  public Var forward(Var x) {
    int last = first.stages();
    Var shared = first.through(1, last - 1, first.begin(x));
    Var weights = tap("gate", gate.forward(shared));
    Var sum = null;
    for (int i = 0; i < branches.size(); i++) {
      StagedNetwork branch = branches.get(i);
      Var features = branch.features(branch.stage(last, shared));
      Var logits = tap(name(i), branch.logits(features));
      Var weighted = logits.times(weights.slice(1, i, i + 1));
      sum = sum == null ? weighted : sum.plus(weighted);
    }
    return tap("mixture", sum);
  }

  @Override
  public List<Linear> classifiers() {
    return branches.stream().flatMap(b -> b.classifiers().stream()).toList();
  }

  @Override
  public List<Linear> hiddenLayers() {
    return List.copyOf(hidden);
  }

  private static Family.Plan plan(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      return null;
    }
    int number = Integer.parseInt(m.group(1));
    Family.Plan each = ImageArchitecture.plan(m.group(2)).requireStages(name, 2);
    Map<String, Family.Plan> parts = new LinkedHashMap<>();
    for (int i = 0; i < number; i++) {
      parts.put(name(i), each);
    }
    return new Family.Plan(
        "one-" + number + ":" + each.name(), 0, parts, b -> new Branched(b, each, number));
  }
}
