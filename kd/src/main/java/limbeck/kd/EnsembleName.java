package limbeck.kd;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of several networks that speak as one: {@code ensemble:10*mlp:784-300-300-10} is ten
 * perceptrons whose probabilities are averaged; {@code ensemble/3:plain-4+resnet-8} averages those
 * of two networks at temperature 3; {@code ensemble/geometric:2*plain-4} averages logits.
 *
 * @param members their architectures' names, in order
 * @param mean how they are combined
 */
public record EnsembleName(List<String> members, LogitMean mean) {
  /** How such names are written, for people. */
  public static final String FORM = "ensemble[/<temperature>|/geometric]:<members>";

  private static final Pattern NAME =
      Pattern.compile("ensemble(?:/(\\d{1,4}(?:\\.\\d{1,20})?)|(/geometric))?:(.+)");
  private static final Pattern PART = Pattern.compile("(?:(\\d{1,3})\\*)?(.+)");

  /** Copies the names. */
  public EnsembleName {
    members = List.copyOf(members);
  }

  /** Whether a name is meant to be one of an ensemble. */
  public static boolean begins(String name) {
    return name.startsWith("ensemble");
  }

  /**
   * Takes a name apart; null if it is none of an ensemble.
   *
   * @throws IllegalArgumentException if its members are written wrongly
   */
  public static EnsembleName of(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      return null;
    }
    double temperature = m.group(1) == null ? 1 : Double.parseDouble(m.group(1));
    LogitMean mean = m.group(2) != null ? LogitMean.GEOMETRIC : LogitMean.arithmetic(temperature);
    List<String> members = new ArrayList<>();
    for (String part : m.group(3).split("\\+", -1)) {
      addMembers(name, part, members);
    }
    return new EnsembleName(members, mean);
  }

  private static void addMembers(String name, String part, List<String> members) {
    Matcher m = PART.matcher(part);
    int times = m.matches() && m.group(1) != null ? Integer.parseInt(m.group(1)) : 1;
    if (!m.matches() || times == 0 || begins(m.group(2))) {
      throw new IllegalArgumentException(
          name
              + ": members expected such as 10*plain-2 or plain-2+plain-4, none of them an"
              + " ensemble");
    }
    for (int i = 0; i < times; i++) {
      members.add(m.group(2));
    }
  }

  /** The name in its shortest form. */
  public String text() {
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
}
