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
      double factor = 1;
      boolean decays = true;
      for (ParameterGroup group : groups) {
        if (group.has(e.getKey(), e.getValue())) {
          factor *= group.rateFactor();
          decays &= group.decays();
        }
      }
      find(all, factor, decays, parameters.size()).members[i++] = true;
    }
    return all;
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
