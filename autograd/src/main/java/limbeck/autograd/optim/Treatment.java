package limbeck.autograd.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Parameter;

/**
 * Parameters that an optimizer treats alike, because the groups that have them say the same.
 *
 * @param rateFactor what the learning rate is multiplied with
 * @param decays whether weight decay applies
 * @param members for each parameter of the store, in layout order, whether it is one of them
 */
record Treatment(double rateFactor, boolean decays, boolean[] members) {

  /** Shares out parameters: each belongs to exactly one of the results. */
  static List<Treatment> of(List<ParameterGroup> groups, Map<String, Parameter> parameters) {
    groups.forEach(group -> group.requireMembers(parameters));
    List<Treatment> all = new ArrayList<>();
    int i = 0;
    for (Map.Entry<String, Parameter> e : parameters.entrySet()) {
      List<ParameterGroup> its =
          groups.stream().filter(group -> group.has(e.getKey(), e.getValue())).toList();
      boolean decays = its.stream().allMatch(ParameterGroup::decays);
      find(all, factor(its, e.getKey()), decays, parameters.size()).members[i++] = true;
    }
    return all;
  }

  /** Multiplied from the smallest on: the order of groups shows in no rounding, and no overflow. */
  private static double factor(List<ParameterGroup> groups, String path) {
    double factor =
        groups.stream().mapToDouble(ParameterGroup::rateFactor).sorted().reduce(1, (a, b) -> a * b);
    if (!Double.isFinite(factor)) {
      throw new IllegalArgumentException(
          "optimizer: the rate factors of the groups that "
              + path
              + " is in are "
              + factor
              + " when multiplied");
    }
    return factor;
  }

  private static Treatment find(List<Treatment> all, double factor, boolean decays, int count) {
    for (Treatment t : all) {
      if (t.rateFactor == factor && t.decays == decays) {
        return t;
      }
    }
    Treatment made = new Treatment(factor, decays, new boolean[count]);
    all.add(made);
    return made;
  }
}
