package limbeck.kd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.MapOrder;
import limbeck.engine.io.TensorFile;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A teacher's logits, and activations where they are wanted, for every example of a data set,
 * computed once. Those of a network do not depend on the temperature; those of an arithmetic {@link
 * EnsembleTeacher} do. Right only where the student sees the very inputs the logits were computed
 * from, that is, without augmentation; of mixed examples it refuses to speak.
 */
public final class CachedTeacher implements Teacher {
  private static final String DATA = "data.sha256";
  private static final String TEACHER = "teacher.sha256";
  private static final String LOGITS = "logits";
  private static final String FEATURE = "feature.";

  private final Tensor logits;
  private final Map<String, Tensor> features;

  /**
   * A teacher that gives row i of {@code logits} [examples, classes] for example i of the data set.
   */
  public CachedTeacher(Tensor logits) {
    this(logits, Map.of());
  }

  /**
   * A teacher that tells activations as well.
   *
   * @param features [examples, …] by tap
   */
  public CachedTeacher(Tensor logits, Map<String, Tensor> features) {
    this.logits = logits;
    this.features = MapOrder.copy(features);
  }

  @Override
  public Tensor logits(Batch batch, OpContext context) {
    return rows(logits, batch, context);
  }

  @Override
  public Outputs outputs(Batch batch, OpContext context) {
    Map<String, Tensor> rows = new LinkedHashMap<>();
    features.forEach((tap, all) -> rows.put(tap, rows(all, batch, context)));
    return Outputs.detached(logits(batch, context), rows);
  }

  private static Tensor rows(Tensor all, Batch batch, OpContext context) {
    if (batch.mixed()) {
      throw new IllegalStateException(
          "cached teacher: what was said of single examples is of no use for mixed ones");
    }
    int[] axes = all.shape().toArray();
    axes[0] = batch.size();
    Tensor rows = context.take(all.dtype(), Shape.of(axes));
    for (int i = 0; i < batch.size(); i++) {
      rows.slice(i, i + 1).copyFrom(all.slice(batch.indices()[i], batch.indices()[i] + 1));
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
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(LOGITS, logits);
    features.forEach((tap, all) -> tensors.put(FEATURE + tap, all));
    Checkpoints.save(file, tensors, Map.of(DATA, dataDigest, TEACHER, teacherHash));
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
    Tensor logits = content.tensor(LOGITS);
    if (logits.dtype() != DType.F32 || logits.shape().rank() != 2) {
      throw new FormatException(
          file
              + ": logits are "
              + logits.dtype()
              + logits.shape()
              + ", F32[examples, classes] expected");
    }
    Map<String, Tensor> features = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> e : content.tensors().entrySet()) {
      if (e.getKey().startsWith(FEATURE)) {
        requireRows(file, e.getKey(), e.getValue(), logits.shape().axis(0));
        features.put(e.getKey().substring(FEATURE.length()), e.getValue());
      }
    }
    return new CachedTeacher(logits, features);
  }

  private static void requireRows(Path file, String name, Tensor t, int examples)
      throws FormatException {
    if (t.dtype() != DType.F32 || t.shape().rank() < 2 || t.shape().axis(0) != examples) {
      throw new FormatException(
          file
              + ": "
              + name
              + " is "
              + t.dtype()
              + t.shape()
              + ", not of "
              + examples
              + " examples");
    }
  }

  /** The taps whose activations it tells. */
  public Set<String> taps() {
    return features.keySet();
  }
}
