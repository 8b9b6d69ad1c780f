package example.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.program.Program;
import limbeck.engine.program.Runner;
import limbeck.kd.data.RenderedDigits;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A teacher labels drawn digits by Spark, and its student answers in SQL; then both without it. */
public final class LabelCorpus {
  private static final int DIGITS = 2000;
  private static final int PIXELS = RenderedDigits.SIDE * RenderedDigits.SIDE;
  private static final StructType CORPUS =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("input", DataTypes.createArrayType(DataTypes.FloatType));
  private static final StructType LABELLED =
      CORPUS.add("logits", DataTypes.createArrayType(DataTypes.FloatType));

  private LabelCorpus() {}

  /**
   * Prints what was compared, and fails if Spark changed a bit.
   *
   * @param args model files of teacher and student
   */
  public static void main(String[] args) throws Exception {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("labels of a teacher")
            .config("spark.ui.enabled", false)
            .getOrCreate()) {
      Dataset<Row> corpus = spark.createDataFrame(digits(), CORPUS).repartition(8);
      Dataset<Row> labelled = corpus.mapPartitions(new Teaching(args[0]), Encoders.row(LABELLED));
      spark.udf().register("student", new Student(args[1]), DataTypes.IntegerType);
      labelled.createOrReplaceTempView("labelled");
      List<Row> rows =
          spark.sql("SELECT id, logits, student(input) FROM labelled ORDER BY id").collectAsList();
      compare(rows, Program.load(Path.of(args[0])), Program.load(Path.of(args[1])));
    }
  }

  private static List<Row> digits() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < DIGITS; i++) {
      float[] pixels = pixels(i);
      Float[] input = new Float[PIXELS];
      Arrays.setAll(input, p -> pixels[p]);
      rows.add(RowFactory.create((long) i, input));
    }
    return rows;
  }

  private static float[] pixels(int index) {
    byte[] bytes = RenderedDigits.bytes(3, index);
    float[] pixels = new float[PIXELS];
    for (int p = 0; p < PIXELS; p++) {
      pixels[p] = (bytes[p] & 255) / 255f;
    }
    return pixels;
  }

  private static void compare(List<Row> rows, Program teacher, Program student) {
    Runner teaching = teacher.runner();
    Runner answering = student.runner();
    float[] logits = new float[10];
    int agree = 0;
    int right = 0;
    for (int i = 0; i < DIGITS; i++) {
      Row row = rows.get(i);
      teaching.run(pixels(i), logits);
      if (!Arrays.equals(logits, Teaching.floats(row.getList(1)))) {
        throw new IllegalStateException("the teacher says something else of digit " + i);
      }
      int taught = Student.best(logits);
      answering.run(pixels(i), logits);
      if (row.getInt(2) != Student.best(logits)) {
        throw new IllegalStateException("the student says something else of digit " + i);
      }
      agree += row.getInt(2) == taught ? 1 : 0;
      right += row.getInt(2) == RenderedDigits.label(3, i) ? 1 : 0;
    }
    System.out.println(rows.size() + " digits: Spark changes no bit of the teacher's logits,");
    System.out.println("and no answer of the student, which is right in " + right + " and");
    System.out.println("agrees with the teacher in " + agree + "; programs loaded: " + Models.loaded());
  }
}
