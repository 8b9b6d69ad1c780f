package limbeck.kd.recipe;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import limbeck.engine.io.Json;

/**
 * Values of one parameter that a recipe tries: each network of the sweep is there once for every
 * value, as an arm of its own.
 *
 * @param parameter word for the parameter, such as {@code units}
 * @param label what the axis of a plot says
 * @param values at least two different ones, in the order of the recipe
 * @param main the value whose networks stand for the others where a report shows single networks
 * @param log whether the values belong on a logarithmic axis
 * @param networks what the networks are called without their value; of each there is {@link #arm}
 *     for each value
 */
public record Sweep(
    String parameter,
    String label,
    List<Double> values,
    double main,
    boolean log,
    List<String> networks) {

  /** Beyond, nobody can read a plot, and few can wait for it. */
  private static final int MOST = 100;

  /**
   * Copies the lists.
   *
   * @throws RecipeException if values or networks are not as above
   */
  public Sweep {
    values = List.copyOf(values);
    networks = List.copyOf(networks);
    if (values.size() < 2 || values.size() > MOST || !different(values)) {
      throw new RecipeException(
          "values: from two to " + MOST + " different numbers expected, not " + texts(values));
    }
    if (log && values.stream().anyMatch(v -> v <= 0)) {
      throw new RecipeException(
          "log: values above 0 expected on a logarithmic axis, not " + texts(values));
    }
    if (!values.contains(main)) {
      throw new RecipeException("main: one of " + texts(values) + " expected, not " + text(main));
    }
    if (networks.isEmpty() || !different(networks)) {
      throw new RecipeException("networks: at least one name expected, and none twice");
    }
  }

  private static boolean different(List<?> list) {
    return list.stream().distinct().count() == list.size();
  }

  private static String texts(List<Double> values) {
    return String.join(", ", values.stream().map(Sweep::text).toList());
  }

  /** A value with the digits that it needs and no exponent: 30, 0.5. */
  public static String text(double value) {
    String plain = new BigDecimal(Json.write(value)).stripTrailingZeros().toPlainString();
    return value == 0 ? "0" : plain;
  }

  /** The id of a network's arm at a value: {@code student-30}. */
  public String arm(String network, double value) {
    return network + "-" + text(value);
  }

  /** The ids of a network's arms, in the order of the values. */
  public List<String> arms(String network) {
    return values.stream().map(v -> arm(network, v)).toList();
  }

  /** The ids of all arms that are not of the main value. */
  public Set<String> aside() {
    Set<String> aside = new LinkedHashSet<>();
    for (String network : networks) {
      aside.addAll(arms(network));
      aside.remove(arm(network, main));
    }
    return aside;
  }
}
