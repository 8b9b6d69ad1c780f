package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.engine.tensor.Shape;

/**
 * A network with a {@link ShallowExit} behind every stage but the last. {@code exits:resnet-8} is a
 * resnet-8 with two exits; its logits are the resnet-8's own. L. Zhang, J. Song, A. Gao, J. Chen,
 * C. Bao and K. Ma, Be Your Own Teacher, ICCV 2019, arXiv:1905.08094; {@code
 * limbeck.kd.objective.BeYourOwnTeacher} is what such networks are trained for.
 *
 * <p>Outputs: {@code exit1}, behind the first stage, {@code exit2} …, networks that end there
 * ({@link EarlyExit}); {@code deepest}, the network without exits; and {@code ensemble}, the mean
 * of the logits of all of them. Taps beside those of all networks: the outputs' logits under these
 * names; {@code exit1.features} … and {@code deepest.features}, which have one shape. An exit is
 * computed only where one of them is asked for.
 *
 * <p>Parameters of the network have the names that they have without exits, and so the same initial
 * values; then come {@code exit1.bottleneck} and {@code exit1.classifier} ….
 */
final class WithExits extends ImageNetwork {
  static final Family FAMILY =
      new Family(
          "exits:<network>",
          "network with a classifier behind every stage, such as exits:resnet-8",
          List.of("exits:resnet-8", "exits:mlp:784-100-100-10", "exits:plain-4"),
          WithExits::plan);

  private static final String BEGIN = "exits:";
  private static final String DEEPEST = "deepest";
  private static final String ENSEMBLE = "ensemble";

  private final StagedNetwork deepest;
  private final List<ShallowExit> exits = new ArrayList<>();
  private final boolean ensemble;

  private WithExits(Blueprint b, Family.Plan plan, boolean ensemble) {
    super(b);
    this.ensemble = ensemble;
    deepest = plan.staged(b);
    deepest.children().forEach(this::child);
    List<Shape> shapes = plan.staged(b).shapes();
    for (int stage = 1; stage < deepest.stages(); stage++) {
      exits.add(child(name(stage), ShallowExit.behind(stage, shapes, b)));
    }
  }

  /** The output behind a stage. */
  static String name(int stage) {
    return "exit" + stage;
  }

  @Override
  public Var forward(Var x) {
    boolean all = asked(ENSEMBLE) || ensemble;
    Var sum = null;
    Var y = deepest.begin(x);
    for (int stage = 1; stage < deepest.stages(); stage++) {
      y = deepest.stage(stage, y);
      boolean logitsWanted = asked(name(stage));
      boolean featuresWanted = asked(name(stage) + ".features");
      if (all || logitsWanted || featuresWanted) {
        Var logits = tap(name(stage), exits.get(stage - 1).forward(y));
        sum = sum == null ? logits : sum.plus(logits);
      }
    }
    Var features = deepest.features(deepest.stage(deepest.stages(), y));
    tap(DEEPEST + ".features", features);
    Var logits = tap(DEEPEST, deepest.logits(features));
    if (!all) {
      return logits;
    }
    Var mean = sum == null ? logits : sum.plus(logits).times(1.0 / (exits.size() + 1));
    tap(ENSEMBLE, mean);
    return ensemble ? mean : logits;
  }

  @Override
  public List<Linear> classifiers() {
    List<Linear> layers = new ArrayList<>();
    if (ensemble) {
      exits.forEach(e -> layers.add(e.last()));
    }
    layers.addAll(deepest.classifiers());
    return layers;
  }

  @Override
  public List<Linear> hiddenLayers() {
    return deepest.hiddenLayers();
  }

  private static Family.Plan plan(String name) {
    if (!name.startsWith(BEGIN)) {
      return null;
    }
    Family.Plan plan =
        ImageArchitecture.plan(name.substring(BEGIN.length())).requireStages(name, 1);
    String shortest = BEGIN + plan.name();
    Map<String, Family.Plan> parts = new LinkedHashMap<>();
    for (int i = 1; i < plan.stages(); i++) {
      int stage = i;
      parts.put(name(i), part(shortest, name(i), b -> new EarlyExit(b, plan, stage)));
    }
    parts.put(DEEPEST, plan);
    parts.put(ENSEMBLE, part(shortest, ENSEMBLE, b -> new WithExits(b, plan, true)));
    return new Family.Plan(shortest, 0, parts, b -> new WithExits(b, plan, false));
  }

  private static Family.Plan part(
      String whole, String output, Function<Blueprint, ImageNetwork> maker) {
    return new Family.Plan(whole + "@" + output, 0, Map.of(), maker);
  }
}
