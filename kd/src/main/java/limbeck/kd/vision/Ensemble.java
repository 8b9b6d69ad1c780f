package limbeck.kd.vision;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.kd.LogitMean;

/**
 * Several networks that see the same images and speak as one, in a fixed order. The layers of
 * member m are named {@code member<m>.} and then as in a network of its own. Every image goes
 * through all of them, one after another.
 *
 * <p>{@code ensemble:10*mlp:784-300-300-10} is ten perceptrons whose probabilities are averaged;
 * {@code ensemble/3:plain-4+resnet-8} averages those of two networks at temperature 3; {@code
 * ensemble/geometric:2*plain-4} averages logits. {@link LogitMean} says what that means.
 */
final class Ensemble extends Network {
  static final Family FAMILY =
      new Family(
          "ensemble[/<temperature>|/geometric]:<members>",
          "the mean of several networks, such as ensemble:3*plain-2 or ensemble:plain-2+plain-4",
          List.of(),
          Ensemble::plan);

  private static final Pattern NAME =
      Pattern.compile("ensemble(?:/(\\d{1,4}(?:\\.\\d{1,20})?)|(/geometric))?:(.+)");
  private static final Pattern PART = Pattern.compile("(?:(\\d{1,3})\\*)?(.+)");

  private final LogitMean mean;
  private final List<Network> members = new ArrayList<>();

  private Ensemble(Blueprint b, LogitMean mean, List<Architecture> kinds) {
    super(b);
    this.mean = mean;
    for (Architecture kind : kinds) {
      members.add(child("member" + (members.size() + 1), member(b, kind)));
    }
  }

  private static Network member(Blueprint b, Architecture kind) {
    try {
      return kind.build(b.image(), b.classes(), b.standardisation(), b.dropout());
    } catch (IllegalArgumentException e) {
      throw Blueprint.misfit(b.name(), e.getMessage());
    }
  }

  /** Whether a name is meant to be one of an ensemble. */
  static boolean begins(String name) {
    return name.startsWith("ensemble");
  }

  /** The name of members that speak as one. */
  static String name(List<Architecture> members, LogitMean mean) {
    StringBuilder name = new StringBuilder("ensemble");
    if (mean.kind() == LogitMean.Kind.GEOMETRIC) {
      name.append("/geometric");
    } else if (mean.temperature() != 1) {
      name.append('/').append(number(mean.temperature()));
    }
    String separator = ":";
    for (int from = 0, to; from < members.size(); from = to) {
      to = from + 1;
      while (to < members.size() && members.get(to).equals(members.get(from))) {
        to++;
      }
      name.append(separator).append(to - from > 1 ? (to - from) + "*" : "");
      name.append(members.get(from));
      separator = "+";
    }
    return name.toString();
  }

  /** Without exponent, so that it can be read back. */
  private static String number(double x) {
    return new BigDecimal(Double.toString(x)).stripTrailingZeros().toPlainString();
  }

  private static Family.Plan plan(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      return null;
    }
    double temperature = m.group(1) == null ? 1 : Double.parseDouble(m.group(1));
    LogitMean mean = m.group(2) != null ? LogitMean.GEOMETRIC : LogitMean.arithmetic(temperature);
    List<Architecture> members = new ArrayList<>();
    for (String part : m.group(3).split("\\+", -1)) {
      addMembers(name, part, members);
    }
    return new Family.Plan(name(members, mean), 0, Map.of(), b -> new Ensemble(b, mean, members));
  }

  private static void addMembers(String name, String part, List<Architecture> members) {
    Matcher m = PART.matcher(part);
    int times = m.matches() && m.group(1) != null ? Integer.parseInt(m.group(1)) : 1;
    if (!m.matches() || times == 0 || begins(m.group(2))) {
      throw Blueprint.misfit(
          name, "members expected such as 10*plain-2 or plain-2+plain-4, none of them an ensemble");
    }
    Architecture member = Architecture.of(m.group(2));
    for (int i = 0; i < times; i++) {
      members.add(member);
    }
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
