package limbeck.engine.op;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** All ops, each with its definition, bounds and configurations. */
final class OpCatalogue {
  private OpCatalogue() {}

  static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    entries.addAll(ElementwiseEntries.all());
    entries.addAll(GateEntries.all());
    entries.addAll(PlainEntries.all());
    entries.addAll(BroadcastEntries.all());
    entries.addAll(RowwiseEntries.all());
    entries.addAll(MaskedEntries.all());
    entries.addAll(MatMulEntries.all());
    entries.addAll(ProductEntries.all());
    entries.addAll(LayoutEntries.all());
    entries.addAll(ChoiceEntries.all());
    entries.addAll(PlacementEntries.all());
    entries.addAll(AlongEntries.all());
    entries.addAll(IndexEntries.all());
    entries.addAll(IntegerEntries.all());
    entries.addAll(ConversionEntries.all());
    entries.addAll(CumSumEntries.all());
    entries.addAll(ReduceEntries.all());
    entries.addAll(OtherEntries.all());
    entries.addAll(LstmEntries.all());
    entries.addAll(ProjectedLstmEntries.all());
    entries.addAll(GruEntries.all());
    entries.addAll(LastStepEntries.all());
    entries.addAll(StepPoolingEntries.all());
    entries.addAll(CrossEntropyEntries.all());
    entries.addAll(EmbeddingEntries.all());
    entries.addAll(LossEntries.all());
    entries.addAll(BceLogitsEntries.all());
    entries.addAll(LabelLossEntries.all());
    entries.addAll(TripletEntries.all());
    entries.addAll(CosineDistanceEntries.all());
    entries.addAll(SoftCrossEntropyEntries.all());
    entries.addAll(KlDivergenceEntries.all());
    entries.addAll(SoftTargetsEntries.all());
    entries.addAll(JensenShannonEntries.all());
    entries.addAll(LayerNormEntries.all());
    entries.addAll(AttentionEntries.all());
    entries.addAll(PositionEntries.all());
    entries.addAll(RotationEntries.all());
    entries.addAll(ConvEntries.all());
    entries.addAll(ConvTransposeEntries.all());
    entries.addAll(PoolEntries.all());
    entries.addAll(AdaptivePoolEntries.all());
    entries.addAll(ResizeEntries.all());
    entries.addAll(BatchNormEntries.all());
    return entries;
  }

  /** The built-in ops: what the sealed interfaces permit, without the open branch. */
  static List<Class<?>> ops() {
    List<Class<?>> ops = new ArrayList<>();
    collect(Op.class, ops);
    return ops;
  }

  private static void collect(Class<?> type, List<Class<?>> ops) {
    if (!type.isSealed()) {
      if (type != CustomOp.class) {
        ops.add(type);
      }
      return;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      collect(permitted, ops);
    }
  }

  /** A message for each op that no entry covers. */
  static List<String> missing(Collection<Class<?>> ops, Collection<Class<?>> covered) {
    return ops.stream()
        .filter(op -> !covered.contains(op))
        .map(
            op ->
                "op "
                    + op.getSimpleName()
                    + " has no catalogue entry: add one with a float64 definition")
        .toList();
  }
}
