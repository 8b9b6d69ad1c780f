package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.kd.EnsembleName;
import limbeck.kd.LogitMean;

/**
 * Several networks that see the same images and speak as one, in a fixed order. The layers of
 * member m are named {@code member<m>.} and then as in a network of its own. Every image goes
 * through all of them, one after another.
 *
 * <p>{@link EnsembleName} says how their names are written, {@link LogitMean} what a mean is.
 */
final class Ensemble extends ImageNetwork {
  static final Family FAMILY =
      new Family(
          EnsembleName.FORM,
          "the mean of several networks, such as ensemble:3*plain-2 or ensemble:plain-2+plain-4",
          List.of(),
          Ensemble::plan);

  private final LogitMean mean;
  private final List<ImageNetwork> members = new ArrayList<>();

  private Ensemble(Blueprint b, LogitMean mean, List<ImageArchitecture> kinds) {
    super(b);
    this.mean = mean;
    for (ImageArchitecture kind : kinds) {
      members.add(child("member" + (members.size() + 1), member(b, kind)));
    }
  }

  private static ImageNetwork member(Blueprint b, ImageArchitecture kind) {
    try {
      return kind.build(b.image(), b.classes(), b.standardisation(), b.dropout());
    } catch (IllegalArgumentException e) {
      throw Blueprint.misfit(b.name(), e.getMessage());
    }
  }

  private static Family.Plan plan(String name) {
    EnsembleName parsed = EnsembleName.of(name);
    if (parsed == null) {
      return null;
    }
    List<ImageArchitecture> members = parsed.members().stream().map(ImageArchitecture::of).toList();
    LogitMean mean = parsed.mean();
    List<String> names = members.stream().map(ImageArchitecture::name).toList();
    return new Family.Plan(
        new EnsembleName(names, mean).text(), 0, Map.of(), b -> new Ensemble(b, mean, members));
  }

  @Override
  public Var forward(Var x) {
    return mean.of(members.stream().map(m -> m.forward(x)).toList());
  }

  /** Those of all members if logits are averaged; none if probabilities are. */
  @Override
  public List<Linear> classifiers() {
    return mean.kind() == LogitMean.Kind.GEOMETRIC
        ? members.stream().flatMap(m -> m.classifiers().stream()).toList()
        : List.of();
  }

  /** Those of all members. */
  @Override
  public List<Linear> hiddenLayers() {
    return members.stream().flatMap(m -> m.hiddenLayers().stream()).toList();
  }
}
