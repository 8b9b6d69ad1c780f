package limbeck.nlp.pretrain;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.optim.Adam;
import limbeck.autograd.optim.GradClip;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.elmo.BiLanguageModel;

/**
 * The pretraining of a language model in both directions, step by step: a function of corpus,
 * settings and step number, so that one that is stopped and resumed has the bits of one that was
 * not. The loss is the mean over the guesses of both directions; states begin anew with each
 * sentence.
 */
public final class ElmoPretraining implements SteppedPretraining {
  private static final String MODEL = "model.";
  private static final String OPTIMIZER = "optimizer.";

  private final BiLanguageModel model;
  private final ElmoSettings settings;
  private final SentenceBatches batches;
  private final Adam optimizer;
  private long step;
  private int words;

  /**
   * A pretraining at its start.
   *
   * @param model with values
   */
  ElmoPretraining(BiLanguageModel model, SentenceBatches batches, ElmoSettings settings) {
    this.model = model;
    this.settings = settings;
    this.batches = batches;
    this.optimizer = new Adam(model.parameters(), settings.rate());
  }

  /** The model, in whatever state training has reached. */
  public BiLanguageModel model() {
    return model;
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public long steps() {
    return (long) batches.perEpoch() * settings.epochs();
  }

  @Override
  public long tokens() {
    return words;
  }

  SentenceBatches batches() {
    return batches;
  }

  private Var guesses(SentenceBatch batch) {
    return model.guesses(
        batch.states(model.encoder()), Var.of(batch.next()), Var.of(batch.previous()));
  }

  @Override
  public double advance(OpContext context) throws IOException {
    int perEpoch = batches.perEpoch();
    SentenceBatch batch = batches.batch((int) (step / perEpoch), (int) (step % perEpoch));
    model.train(settings.seed(), step);
    double loss;
    try (Tape tape = Tape.open(context)) {
      Var l = guesses(batch).apply(new CrossEntropy(), Var.of(batch.labels()));
      loss = l.item();
      tape.backward(l);
    }
    if (!(Math.abs(loss) < Double.POSITIVE_INFINITY)) {
      throw new ArithmeticException(
          "pretraining: the loss is " + loss + " at step " + step + "; a smaller rate may help");
    }
    GradClip.norm(model.parameters(), settings.clip());
    optimizer.step(context.workers());
    words = batch.words();
    step++;
    return loss;
  }

  /**
   * What the model says about held-out sentences.
   *
   * @param forward mean cross-entropy of a next word, in nats; its exponential is the perplexity
   * @param backward of a previous word
   * @param guesses how many of each there are
   */
  public record Held(double forward, double backward, long guesses) implements Measurement {
    /** The mean of both. */
    public double loss() {
      return (forward + backward) / 2;
    }

    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("loss", loss());
      figures.put("perplexityForward", StrictMath.exp(forward));
      figures.put("perplexityBackward", StrictMath.exp(backward));
      return figures;
    }

    @Override
    public String line() {
      return String.format(
          Locale.ROOT,
          "held-out loss %.4f, perplexity of next words %.1f, of previous ones %.1f",
          loss(),
          StrictMath.exp(forward),
          StrictMath.exp(backward));
    }
  }

  /**
   * Measures on held-out sentences.
   *
   * @throws IOException if the corpus cannot be read
   */
  @Override
  public Held measure(OpContext context) throws IOException {
    model.evaluate();
    double[] sums = new double[2];
    long guesses = 0;
    for (int k = 0; k < batches.heldBatches(); k++) {
      SentenceBatch batch = batches.held(k);
      Tensor z = Module.infer(context, () -> guesses(batch));
      int each = batch.guesses() / 2;
      sums[0] += surprise(z, batch.labels(), 0, each);
      sums[1] += surprise(z, batch.labels(), each, 2 * each);
      guesses += each;
      context.workspace().reset();
    }
    return new Held(sums[0] / guesses, sums[1] / guesses, guesses);
  }

  /** The sum of −log p of rows {@code from} to {@code to}, in double arithmetic. */
  static double surprise(Tensor logits, Tensor labels, int from, int to) {
    int n = logits.shape().last();
    float[] z = logits.floats();
    double sum = 0;
    for (int row = from; row < to; row++) {
      int at = logits.offset() + row * n;
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < n; k++) {
        most = Math.max(most, z[at + k]);
      }
      double all = 0;
      for (int k = 0; k < n; k++) {
        all += StrictMath.exp(z[at + k] - most);
      }
      int label = labels.ints()[labels.offset() + row];
      sum += StrictMath.log(all) + most - z[at + label];
    }
    return sum;
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    model.state().forEach((name, t) -> state.put(MODEL + name, t));
    optimizer.state().forEach((name, t) -> state.put(OPTIMIZER + name, t));
    return state;
  }

  @Override
  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put("parameters", model.parameters().count());
    sizes.put("parametersWithoutSoftmax", encoderParameters());
    sizes.put("steps", steps());
    sizes.put("sentences", (long) batches.trained());
    sizes.put("held", (long) batches.held());
    return sizes;
  }

  /** Parameters that are not for guessing words. */
  long encoderParameters() {
    return model.encoder().state().values().stream().mapToLong(Tensor::size).sum();
  }

  @Override
  public void resume(long done, Map<String, Tensor> state) {
    model.load(Checkpoints.part(MODEL, state));
    optimizer.restore(done, Checkpoints.part(OPTIMIZER, state));
    step = done;
  }
}
