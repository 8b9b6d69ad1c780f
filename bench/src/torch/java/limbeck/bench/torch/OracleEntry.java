package limbeck.bench.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import limbeck.engine.random.Philox;

/**
 * What is compared under one name: cases of an op, each a function of seed, name and number.
 *
 * @param name of the op, and of its settings where they are drawn apart
 * @param draft draws settings and operands
 */
record OracleEntry(String name, Function<Draw, OracleCase> draft) {
  /** Case {@code number} of a seed; it can be drawn without the others. */
  Draw draw(long seed, int number) {
    return new Draw(new Philox(seed).stream(name.hashCode()).stream(number));
  }

  /** All that libtorch can be asked for. */
  static List<OracleEntry> all() {
    List<OracleEntry> all = new ArrayList<>();
    all.addAll(ElementwiseEntries.all());
    all.addAll(BroadcastEntries.all());
    all.addAll(RowEntries.all());
    all.addAll(LayoutEntries.all());
    all.addAll(ChoiceEntries.all());
    all.addAll(IntegerEntries.all());
    all.addAll(ProductEntries.all());
    all.addAll(ImageEntries.all());
    all.addAll(StepEntries.all());
    all.addAll(RecurrentEntries.all());
    all.addAll(LabelEntries.all());
    all.addAll(DistanceEntries.all());
    return all;
  }
}
