package limbeck.kd.recipe.file;

import java.util.ArrayList;
import java.util.List;
import limbeck.kd.Nearest;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Sweep;

/**
 * Values of parameters that are tried: tables {@code [[sweeps]]}.
 *
 * <pre>{@code
 * [[sweeps]]
 * parameter = "units"                   # {units} in the tables of these networks is the value
 * label = "units per hidden layer"      # what the axis says; the parameter, if it is missing
 * values = [10, 30, 100]
 * main = 30                             # whose single networks reports show; the first, if missing
 * log = true                            # how the axis is drawn
 * networks = ["student", "distilled"]   # each is there once per value, as student-10, student-30 …
 * }</pre>
 *
 * <p>A network is in {@code [networks]} under its own name, and {@link SweepExpansion} copies it;
 * or it is written out already, with the name of every copy.
 */
final class SweepReader {
  private SweepReader() {}

  /** The sweeps of a recipe, whose networks are there. */
  static List<Sweep> read(Fields recipe) {
    List<String> there = recipe.table("networks").keys();
    List<Sweep> all = new ArrayList<>();
    for (Fields f : recipe.tables("sweeps")) {
      Sweep sweep = sweep(f);
      f.done();
      for (String network : sweep.networks()) {
        checkThere(f, sweep, network, there);
      }
      for (Sweep other : all) {
        checkApart(f, sweep, other);
      }
      all.add(sweep);
    }
    return all;
  }

  private static Sweep sweep(Fields f) {
    String parameter = f.text("parameter", null);
    if (!parameter.matches("[A-Za-z][A-Za-z0-9]*")) {
      throw f.wrong("parameter", "a word of letters and digits expected, such as units");
    }
    String label = f.text("label", parameter);
    List<Double> values = f.reals("values");
    boolean log = f.flag("log", false);
    List<String> networks = f.texts("networks");
    Double first = values.isEmpty() ? Double.valueOf(0) : values.get(0);
    double main = f.real("main", first, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    try {
      return new Sweep(parameter, label, values, main, log, networks);
    } catch (RecipeException e) {
      throw f.wrong(e.getMessage());
    }
  }

  private static void checkThere(Fields f, Sweep sweep, String network, List<String> there) {
    List<String> copies = sweep.arms(network);
    boolean some = copies.stream().anyMatch(there::contains);
    if (there.contains(network) && some) {
      throw f.wrong(
          "networks",
          network + " is there, and a copy of it as well: one of " + String.join(", ", copies));
    }
    if (!there.contains(network) && !there.containsAll(copies)) {
      String or = some ? ", and not all of " + String.join(", ", copies) : "";
      throw f.wrong(
          "networks", "no network \"" + network + "\"" + or + Nearest.hint(network, there));
    }
  }

  private static void checkApart(Fields f, Sweep sweep, Sweep other) {
    if (sweep.parameter().equals(other.parameter())) {
      throw f.wrong("parameter", "two sweeps of " + sweep.parameter());
    }
    for (String network : sweep.networks()) {
      if (other.networks().contains(network)) {
        throw f.wrong("networks", network + " is in two sweeps; one is possible");
      }
    }
  }
}
