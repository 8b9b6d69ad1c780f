package limbeck.kd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.TensorFile;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A teacher's logits for every example of a data set, computed once. Those of a network do not
 * depend on the temperature; those of an arithmetic {@link EnsembleTeacher} do. Right only where
 * the student sees the very inputs the logits were computed from, that is, without augmentation.
 */
public final class CachedTeacher implements Teacher {
  private static final String DATA = "data.sha256";
  private static final String TEACHER = "teacher.sha256";

  private final Tensor logits;

  /**
   * A teacher that gives row i of {@code logits} [examples, classes] for example i of the data set.
   */
  public CachedTeacher(Tensor logits) {
    this.logits = logits;
  }

  @Override
  public Tensor logits(Batch batch, OpContext context) {
    int n = classes();
    Tensor rows = context.take(logits.dtype(), Shape.of(batch.size(), n));
    for (int i = 0; i < batch.size(); i++) {
      rows.slice(i, i + 1).copyFrom(logits.slice(batch.indices()[i], batch.indices()[i] + 1));
    }
    return rows;
  }

  @Override
  public int classes() {
    return logits.shape().last();
  }

  /** All logits [examples, classes]. */
  public Tensor all() {
    return logits;
  }

  /**
   * Writes the logits with what they belong to.
   *
   * @param dataDigest digest of the data set
   * @param teacherHash hash of what makes the teacher: of a network, its weights; of an ensemble,
   *     its members' hashes in order, weights, mean and temperature
   */
  public void save(Path file, String dataDigest, String teacherHash) throws IOException {
    Checkpoints.save(
        file, Map.of("logits", logits), Map.of(DATA, dataDigest, TEACHER, teacherHash));
  }

  /**
   * Reads logits back.
   *
   * @throws FormatException if the file is damaged, or holds the logits of another teacher or other
   *     data
   */
  public static CachedTeacher load(Path file, String dataDigest, String teacherHash)
      throws IOException {
    TensorFile content = Checkpoints.loadOnly(file);
    if (!dataDigest.equals(content.metadata().get(DATA))
        || !teacherHash.equals(content.metadata().get(TEACHER))) {
      throw new FormatException(
          file + ": holds the logits of another teacher or of other data; remove it");
    }
    Tensor logits = content.tensor("logits");
    if (logits.dtype() != DType.F32 || logits.shape().rank() != 2) {
      throw new FormatException(
          file
              + ": logits are "
              + logits.dtype()
              + logits.shape()
              + ", F32[examples, classes] expected");
    }
    return new CachedTeacher(logits);
  }
}
