package example.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import limbeck.engine.program.Runner;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Labels a partition of a corpus: rows (id, input) become rows (id, input, logits), in batches. */
final class Teaching implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;
  private static final int BATCH = 64;

  private final String model;

  /**
   * @param model file of the teacher
   */
  Teaching(String model) {
    this.model = model;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Iterator<>() {
      private Iterator<Row> labelled = List.<Row>of().iterator();

      @Override
      public boolean hasNext() {
        return labelled.hasNext() || rows.hasNext();
      }

      @Override
      public Row next() {
        if (!labelled.hasNext()) {
          labelled = label(rows).iterator();
        }
        return labelled.next();
      }
    };
  }

  /** The next rows, as one batch. */
  private List<Row> label(Iterator<Row> rows) {
    List<Row> batch = new ArrayList<>();
    while (batch.size() < BATCH && rows.hasNext()) {
      batch.add(rows.next());
    }
    Runner runner = Models.runner(model);
    int width = (int) runner.program().example().size();
    int classes = (int) runner.program().outputShape(1).size();
    float[] in = new float[batch.size() * width];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(floats(batch.get(i).getList(1)), 0, in, i * width, width);
    }
    float[] out = new float[batch.size() * classes];
    runner.run(in, out);
    List<Row> labelled = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Float[] logits = new Float[classes];
      for (int c = 0; c < classes; c++) {
        logits[c] = out[i * classes + c];
      }
      labelled.add(RowFactory.create(batch.get(i).getLong(0), batch.get(i).get(1), logits));
    }
    return labelled;
  }

  /** An array column's value as an array. */
  static float[] floats(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
