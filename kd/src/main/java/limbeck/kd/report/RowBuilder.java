package limbeck.kd.report;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.kd.metric.Agreement;
import limbeck.kd.metric.Calibration;
import limbeck.kd.metric.Classification;
import limbeck.kd.metric.Measure;
import limbeck.kd.metric.Regression;

/** Collects the figures of one network for a {@link Row}; what is not given stays absent. */
public final class RowBuilder {
  private final String role;
  private final long seed;
  private final Map<String, Double> more = new LinkedHashMap<>();
  private String arm;
  private long errors = -1;
  private double accuracy = Double.NaN;
  private double nll = Double.NaN;
  private double ece = Double.NaN;
  private double agreement = Double.NaN;
  private double klToTeacher = Double.NaN;
  private long parameters = -1;
  private long embeddingParameters = -1;
  private long bytes = -1;
  private long multiplyAdds = -1;
  private double latencyMs = Double.NaN;
  private double throughput = Double.NaN;
  private double throughputOneCore = Double.NaN;
  private String weightsSha256;

  RowBuilder(String role, long seed) {
    this.role = role;
    this.seed = seed;
  }

  /** Names the arm, where the role has several. */
  public RowBuilder arm(String id) {
    arm = id;
    return this;
  }

  /** Sets errors and accuracy from a test set. */
  public RowBuilder classification(Classification c) {
    return errors(c.errors(), c.accuracy());
  }

  /** Sets correlation with scores, Pearson's and Spearman's, and RMSE. */
  public RowBuilder regression(Regression r) {
    return figure(Measure.PEARSON.word(), r.pearson().value())
        .figure("spearman", r.spearman().value())
        .figure("rmse", r.rmse());
  }

  /** Sets the number of test errors and the share of test examples that are right. */
  public RowBuilder errors(long count, double share) {
    errors = count;
    accuracy = share;
    return this;
  }

  /** Sets negative log-likelihood and expected calibration error. */
  public RowBuilder calibration(Calibration c) {
    return calibration(c.nll(), c.ece());
  }

  /** Sets negative log-likelihood in nats and expected calibration error as a fraction. */
  public RowBuilder calibration(double likelihood, double error) {
    nll = likelihood;
    ece = error;
    return this;
  }

  /** Sets agreement with and divergence from the teacher. */
  public RowBuilder agreement(Agreement a) {
    return agreement(a.agreement(), a.klToTeacher());
  }

  /** Sets agreement with the teacher, and KL(teacher ‖ network) in nats; NaN if unknown. */
  public RowBuilder agreement(double share, double kl) {
    agreement = share;
    klToTeacher = kl;
    return this;
  }

  /** Sets numbers of parameters, of bytes of the weights, and of multiply-adds (−1: unknown). */
  public RowBuilder size(long parameterCount, long byteCount, long multiplyAddCount) {
    parameters = parameterCount;
    bytes = byteCount;
    multiplyAdds = multiplyAddCount;
    return this;
  }

  /** Sets median latency at batch 1 in milliseconds and examples per second at batch 64. */
  public RowBuilder speed(double milliseconds, double perSecond) {
    latencyMs = milliseconds;
    throughput = perSecond;
    return this;
  }

  /** Sets how many of the parameters are vectors of tokens. */
  public RowBuilder embeddings(long parameterCount) {
    embeddingParameters = parameterCount;
    return this;
  }

  /** Sets examples per second at batch 64 on one core. */
  public RowBuilder oneCore(double perSecond) {
    throughputOneCore = perSecond;
    return this;
  }

  /** Sets the SHA-256 of the weights, hexadecimal. */
  public RowBuilder weights(String sha256) {
    weightsSha256 = sha256;
    return this;
  }

  /** Sets a further figure, such as {@code bleu}. */
  public RowBuilder figure(String name, double value) {
    more.put(name, value);
    return this;
  }

  /** Returns the row. */
  public Row build() {
    return new Row(
        role,
        arm,
        seed,
        errors,
        accuracy,
        nll,
        ece,
        agreement,
        klToTeacher,
        parameters,
        embeddingParameters,
        bytes,
        multiplyAdds,
        latencyMs,
        throughput,
        throughputOneCore,
        weightsSha256,
        more);
  }
}
