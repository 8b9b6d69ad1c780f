package example.spark;

import limbeck.engine.program.Runner;
import org.apache.spark.sql.api.java.UDF1;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A student as a function of SQL: the class of an input. */
final class Student implements UDF1<Seq<Float>, Integer> {
  private static final long serialVersionUID = 1;

  private final String model;

  /**
   * @param model file of the student
   */
  Student(String model) {
    this.model = model;
  }

  @Override
  public Integer call(Seq<Float> input) {
    Runner runner = Models.runner(model);
    float[] out = new float[(int) runner.program().outputShape(1).size()];
    runner.run(Teaching.floats(CollectionConverters.asJava(input)), out);
    return best(out);
  }

  /** The class with the largest logit. */
  static int best(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }
}
