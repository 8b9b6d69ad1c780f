package limbeck.engine.io.onnx;

import java.util.Map;
import java.util.TreeMap;

/** How nodes of a type are imported. */
@FunctionalInterface
interface Operator {
  /** One with a single output. */
  @FunctionalInterface
  interface Single {
    Value lower(Call c);
  }

  /**
   * Puts the operator together out of ops.
   *
   * @return its outputs, in order; those that are not wanted may be null or left out
   */
  Value[] lower(Call c);

  /** All operators that are known, by name. */
  Map<String, Operator> ALL = all();

  private static Map<String, Operator> all() {
    Map<String, Operator> table = new TreeMap<>();
    ElementOperators.addTo(table);
    PairOperators.addTo(table);
    ReduceOperators.addTo(table);
    ShapeOperators.addTo(table);
    LayoutOperators.addTo(table);
    IndexOperators.addTo(table);
    ScatterOperators.addTo(table);
    ProductOperators.addTo(table);
    NormOperators.addTo(table);
    ConvOperators.addTo(table);
    PoolOperators.addTo(table);
    ResizeOperators.addTo(table);
    RecurrentOperators.addTo(table);
    AttentionOperators.addTo(table);
    LossOperators.addTo(table);
    TrainingOperators.addTo(table);
    return table;
  }

  /** Adds an operator with a single output. */
  static void add(Map<String, Operator> table, String name, Single single) {
    table.put(name, c -> new Value[] {single.lower(c)});
  }
}
