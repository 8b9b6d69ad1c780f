package limbeck.kd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.WeightHash;
import limbeck.engine.program.Program;
import limbeck.kd.data.Dataset;
import limbeck.kd.measure.Measured;
import limbeck.kd.measure.Results;
import limbeck.kd.measure.SpecialistFigures;
import limbeck.kd.measure.Speed;
import limbeck.kd.metric.Agreement;
import limbeck.kd.metric.Calibration;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.BiasCorrection;
import limbeck.kd.report.FiguresTable;
import limbeck.kd.report.Row;
import limbeck.kd.report.RowBuilder;
import limbeck.kd.train.Trained;

/** The figures of every network. Networks of one shape share one measurement of speed. */
final class ResultRows {
  private final Results results;
  private final Map<Shape, Speed> speeds = new LinkedHashMap<>();

  private ResultRows(Results results) {
    this.results = results;
  }

  /** One row per arm and seed. */
  static List<Row> of(Results results) {
    ResultRows all = new ResultRows(results);
    List<Row> rows = new ArrayList<>();
    results.shown().forEach(a -> results.of(a).forEach(m -> rows.add(all.row(m))));
    return rows;
  }

  /** Networks of one name may read different inputs: what they compute tells them apart. */
  private record Shape(String name, long parameters, long multiplyAdds) {
    static Shape of(Network n) {
      return new Shape(n.name(), n.parameters().count(), n.multiplyAdds());
    }
  }

  /** Not known where there are none: no line then says that nothing is left out. */
  private static long embeddings(Network network) {
    long count = network.embeddingParameters();
    return count == 0 ? -1 : count;
  }

  private Row row(Measured m) {
    Trained t = m.trained();
    Program program = t.network().program();
    Dataset data = results.experiment().evaluation();
    Speed speed =
        speeds.computeIfAbsent(Shape.of(t.network()), n -> Speed.of(t.network(), program, data));
    RowBuilder row =
        Row.of(t.arm().role(), t.seed())
            .arm(t.arm().id())
            .size(t.network().parameters().count(), program.bytes(), t.network().multiplyAdds())
            .embeddings(embeddings(t.network()))
            .speed(speed.latencyMs(), speed.throughput())
            .oneCore(speed.throughputOneCore())
            .weights(WeightHash.of(t.network().state()));
    Arm teacher = results.rootTeacher();
    Measured taught = teacher == null ? null : results.of(teacher.id(), t.seed());
    switch (results.measure()) {
      case ERRORS -> ofClasses(row, m, taught);
      case PEARSON -> row.regression(results.regression(m));
    }
    if (t.arm().derivation() instanceof BiasCorrection) {
      row.figure("biasOffset", t.history().offset());
    }
    if (t.network().frozenParameters() > 0) {
      row.figure(FiguresTable.FROZEN, t.network().frozenParameters());
    }
    new SpecialistFigures(results).of(m).forEach(row::figure);
    return row.build();
  }

  private void ofClasses(RowBuilder row, Measured m, Measured teacher) {
    row.classification(results.classification(m))
        .calibration(Calibration.of(m.logits(), results.labels(), results.classes()));
    if (teacher != null) {
      row.agreement(Agreement.of(teacher.logits(), m.logits(), results.classes()));
    }
  }
}
