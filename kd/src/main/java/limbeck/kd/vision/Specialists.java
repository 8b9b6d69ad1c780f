package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import limbeck.autograd.Buffer;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Network;
import limbeck.kd.specialist.AskSpecialists;

/**
 * A generalist and specialists of one architecture that speak as one, in children {@code
 * generalist}, {@code specialist1}, {@code specialist2} …: {@link AskSpecialists} says how. A
 * buffer {@code special} [specialists, classes] has a 1 where a class is a specialist's; without
 * any the generalist speaks alone. All look at every image: who is asked is known when the
 * generalist has spoken, but a program has no branches.
 *
 * <p>{@code specialists:3*mlp:784-30-30-10} has three; of {@code specialists/2:3*plain-4} those are
 * asked that know one of the generalist's two likeliest classes, instead of the likeliest.
 */
public final class Specialists extends ImageNetwork {
  static final Family FAMILY =
      new Family(
          "specialists[/<likeliest>]:<count>*<network>",
          "a generalist with specialists, such as specialists:3*mlp:784-30-30-10",
          List.of(),
          Specialists::plan);

  private static final Pattern NAME =
      Pattern.compile("specialists(?:/(\\d{1,4}))?:(\\d{1,3})\\*(.+)");

  private final AskSpecialists ask;
  private final ImageNetwork generalist;
  private final List<ImageNetwork> specialists = new ArrayList<>();
  private final Buffer special;

  private Specialists(Blueprint b, AskSpecialists ask, ImageArchitecture kind) {
    super(b);
    this.ask = ask;
    generalist = child("generalist", member(b, kind));
    for (int m = 1; m <= ask.specialists(); m++) {
      specialists.add(child("specialist" + m, member(b, kind)));
    }
    special = buffer("special", Shape.of(ask.specialists(), b.classes()), 0);
  }

  private static ImageNetwork member(Blueprint b, ImageArchitecture kind) {
    try {
      return kind.build(b.image(), b.classes(), b.standardisation(), b.dropout());
    } catch (IllegalArgumentException e) {
      throw Blueprint.misfit(b.name(), e.getMessage());
    }
  }

  /** The name of a generalist with specialists. */
  static String name(ImageArchitecture kind, int count, int likeliest) {
    return "specialists"
        + (likeliest == 1 ? "" : "/" + likeliest)
        + ":"
        + count
        + "*"
        + kind.name();
  }

  private static Family.Plan plan(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      return null;
    }
    int likeliest = m.group(1) == null ? 1 : Integer.parseInt(m.group(1));
    int count = Integer.parseInt(m.group(2));
    ImageArchitecture kind = ImageArchitecture.of(m.group(3));
    if (likeliest == 0 || count == 0) {
      throw Blueprint.misfit(
          name, "one specialist at least, called by one class at least, expected");
    }
    kind.requireOneOutput();
    AskSpecialists ask = new AskSpecialists(count, likeliest);
    return new Family.Plan(
        name(kind, count, likeliest), 0, Map.of(), b -> new Specialists(b, ask, kind));
  }

  /**
   * The classes of each specialist, ascending.
   *
   * @throws IllegalArgumentException if the network has no specialists
   */
  public static List<List<Integer>> classes(Network network) {
    if (!(network instanceof Specialists s)) {
      throw new IllegalArgumentException(network.name() + ": has no specialists");
    }
    Tensor special = s.special.value();
    List<List<Integer>> all = new ArrayList<>();
    for (int m = 0; m < s.specialists.size(); m++) {
      int from = m * s.classes();
      all.add(
          IntStream.range(0, s.classes()).filter(c -> special.get(from + c) > 0).boxed().toList());
    }
    return all;
  }

  @Override
  public Var forward(Var x) {
    List<Var> others = new ArrayList<>(List.of(special.constant()));
    specialists.forEach(s -> others.add(s.forward(x)));
    return generalist.forward(x).apply(ask, others.toArray(Var[]::new));
  }

  /** None: what all agree on is no layer's output. */
  @Override
  public List<Linear> classifiers() {
    return List.of();
  }

  /** Those of all of them, the generalist's first. */
  @Override
  public List<Linear> hiddenLayers() {
    List<Linear> layers = new ArrayList<>(generalist.hiddenLayers());
    specialists.forEach(s -> layers.addAll(s.hiddenLayers()));
    return List.copyOf(layers);
  }
}
