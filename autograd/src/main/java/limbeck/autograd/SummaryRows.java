package limbeck.autograd;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Makes the rows of a {@link Summary} from recorded steps; counts each parameter once. */
final class SummaryRows {
  private final List<Summary.Row> rows = new ArrayList<>();
  private final Map<String, Module> modules;

  /** The module of each parameter, by which a tied one has several. */
  private final Map<Parameter, String> owners = new IdentityHashMap<>();

  private final Map<String, Parameter> unread;

  SummaryRows(Module model) {
    Inventory all = new Inventory(model);
    modules = all.modules();
    modules.forEach((at, m) -> m.ownParameters().values().forEach(p -> owners.put(p, at)));
    unread = new LinkedHashMap<>(all.parameters());
  }

  void add(Tape.Step step) {
    Shape[] shapes = new Shape[step.in().length];
    List<Parameter> counted = new ArrayList<>();
    String owner = null;
    for (int k = 0; k < shapes.length; k++) {
      Var in = step.in()[k];
      shapes[k] = in.shape();
      if (in instanceof Parameter p) {
        owner = owner == null ? owners.get(p) : owner;
        if (unread.values().remove(p.shared())) {
          counted.add(p.shared());
        }
      }
    }
    Tensor out = step.out().value();
    Tensor saved = step.out().saved();
    long kept = (long) out.size() + (saved == null ? 0 : saved.size());
    rows.add(
        new Summary.Row(
            owner == null ? "" : owner,
            type(owner, step.op()),
            out.shape(),
            count(counted, false),
            count(counted, true),
            step.op().multiplyAdds(shapes),
            count(counted, false) * out.dtype().bytes(),
            kept * out.dtype().bytes()));
  }

  private String type(String owner, Op op) {
    String type = owner == null ? "" : modules.get(owner).getClass().getSimpleName();
    return type.isEmpty() ? op.spec().name() : type; // the classes of some have no name
  }

  private static long count(List<Parameter> parameters, boolean trainableOnly) {
    return parameters.stream()
        .filter(p -> !(trainableOnly && p.frozen()))
        .mapToLong(p -> p.shape().size())
        .sum();
  }

  /** All rows, with those of parameters that no step has read. */
  List<Summary.Row> complete() {
    unread.forEach(
        (path, p) -> {
          long all = p.shape().size();
          long bytes = all * p.value().dtype().bytes();
          long trainable = p.frozen() ? 0 : all;
          rows.add(new Summary.Row(path, "not read", null, all, trainable, 0, bytes, 0));
        });
    return rows;
  }
}
