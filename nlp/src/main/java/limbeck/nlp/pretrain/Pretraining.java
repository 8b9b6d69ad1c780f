package limbeck.nlp.pretrain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.optim.Adam;
import limbeck.autograd.optim.GradClip;
import limbeck.autograd.optim.ParameterGroup;
import limbeck.autograd.optim.Schedule;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.model.MaskedLanguageModel;

/**
 * The pretraining of a masked language model, step by step: a function of corpus, settings and step
 * number, so that one that is stopped and resumed has the bits of one that was not.
 *
 * <p>A step's gradient is that of the mean over all hidden tokens of its batch, however many parts
 * the batch goes through the network in. Optimizer: AdamW with β = (0.9, 0.98) and ε = 10⁻⁶, as Liu
 * et al. 2019, arXiv:1907.11692, section 3.1, have it.
 */
public final class Pretraining implements SteppedPretraining {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.98;
  private static final double EPSILON = 1e-6;
  private static final String MODEL = "model.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String PART = "learned.";
  private static final String PART_OPTIMIZER = "learned-optimizer.";

  private final MaskedLanguageModel model;
  private final PretrainSettings settings;
  private final Blocks blocks;
  private final PretrainLoss loss;
  private final Adam optimizer;
  private final Map<String, Adam> learned = new LinkedHashMap<>();
  private final Schedule schedule;
  private final int blockSteps;
  private long step;

  /**
   * A pretraining at its start.
   *
   * @param model with values
   * @param teacher null: nobody
   * @throws IllegalArgumentException if the corpus has too few blocks, or the teacher knows other
   *     tokens or, where directions of hidden states count, is of another width; or the method does
   *     not fit the two
   */
  public Pretraining(
      MaskedLanguageModel model,
      PretrainTeacher teacher,
      TokenBlocks corpus,
      Masking masking,
      PretrainSettings settings) {
    if (teacher != null) {
      requireAlike(model, teacher);
    }
    this.model = model;
    this.settings = settings;
    int padding = model.bert().config().padding();
    this.blocks = new Blocks(corpus, masking, padding, settings.seed(), settings.dynamic());
    this.blockSteps = corpus.steps();
    this.loss = new PretrainLoss(model, teacher, settings.seed());
    this.optimizer = optimizer(model);
    this.optimizer.groups(ParameterGroup.vectors().withoutDecay());
    loss.learned().forEach((name, part) -> learned.put(name, optimizer(part)));
    this.schedule = Schedule.linear(settings.rate(), 0).warmUp(settings.warmUp());
  }

  private Adam optimizer(Module of) {
    return new Adam(
        of.parameters(), settings.rate(), BETA1, BETA2, EPSILON, settings.decay(), true);
  }

  private static void requireAlike(MaskedLanguageModel model, PretrainTeacher teacher) {
    var own = model.bert().config();
    var others = teacher.model().bert().config();
    if (own.vocabulary() != others.vocabulary()
        || teacher.guesses() && teacher.cosine() > 0 && own.width() != others.width()) {
      throw new IllegalArgumentException(
          "pretraining: the student has "
              + own.vocabulary()
              + " tokens and width "
              + own.width()
              + ", the teacher "
              + others.vocabulary()
              + " and "
              + others.width()
              + "; as many tokens expected, and where hidden states are compared, the same width");
    }
  }

  /** The model, in whatever state training has reached. */
  public MaskedLanguageModel model() {
    return model;
  }

  @Override
  public long step() {
    return step;
  }

  /** Steps of an epoch; a last batch that is not full is left out, where there are full ones. */
  public long perEpoch() {
    return Math.max(1, blocks.trained() / settings.batch());
  }

  @Override
  public long steps() {
    return perEpoch() * settings.epochs();
  }

  @Override
  public long tokens() {
    return (long) settings.batch() * blockSteps;
  }

  @Override
  public double advance(OpContext context) throws IOException {
    double sum = gradient(context);
    if (!(Math.abs(sum) < Double.POSITIVE_INFINITY)) {
      throw new ArithmeticException(
          "pretraining: the loss is " + sum + " at step " + step + "; a smaller rate may help");
    }
    GradClip.norm(model.parameters(), settings.clip());
    double rate = schedule.at((double) step / steps());
    optimizer.rate(rate);
    optimizer.step(context.workers());
    for (Adam other : learned.values()) {
      other.rate(rate);
      other.step(context.workers());
    }
    step++;
    return sum;
  }

  /** Adds the gradient of this step's batch to that of the parameters, and returns its loss. */
  double gradient(OpContext context) throws IOException {
    List<MaskedBatch> parts = parts();
    double hidden = Math.max(1, parts.stream().mapToInt(MaskedBatch::hidden).sum());
    double tokens = parts.stream().mapToInt(MaskedBatch::tokenCount).sum();
    double blocksOfStep = parts.stream().mapToInt(part -> part.tokens().batch()).sum();
    double sum = 0;
    for (int i = 0; i < parts.size(); i++) {
      MaskedBatch part = parts.get(i);
      long pass = step * settings.accumulate() + i;
      model.train(settings.seed(), pass);
      loss.learned().values().forEach(each -> each.train(settings.seed(), pass));
      try (Tape tape = Tape.open(context)) {
        double ofBlocks = part.tokens().batch() / blocksOfStep;
        Var l =
            loss.of(part, part.hidden() / hidden, part.tokenCount() / tokens, ofBlocks, context);
        if (l != null) {
          sum += l.item();
          tape.backward(l);
        }
      }
    }
    return sum;
  }

  private List<MaskedBatch> parts() throws IOException {
    int epoch = (int) (step / perEpoch());
    int from = (int) (step % perEpoch()) * settings.batch();
    int to = Math.min(from + settings.batch(), blocks.trained());
    List<MaskedBatch> parts = new ArrayList<>();
    for (int at = from; at < to; at += settings.micro()) {
      parts.add(blocks.batch(epoch, at, Math.min(at + settings.micro(), to)));
    }
    return parts;
  }

  /**
   * What the model says about held-out blocks.
   *
   * @param loss mean cross-entropy of a hidden token, in nats; its exponential is the perplexity
   * @param accuracy share of hidden tokens that are guessed
   * @param hidden how many there are
   */
  public record Held(double loss, double accuracy, long hidden) implements Measurement {
    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("loss", loss);
      figures.put("accuracy", accuracy);
      return figures;
    }

    @Override
    public String line() {
      return String.format(
          Locale.ROOT,
          "held-out loss %.4f, perplexity %.1f, %.2f %% of %d hidden tokens guessed",
          loss,
          StrictMath.exp(loss),
          100 * accuracy,
          hidden);
    }
  }

  /**
   * Measures on held-out blocks, with the same tokens hidden every time.
   *
   * @throws IOException if the corpus cannot be read
   */
  @Override
  public Held measure(OpContext context) throws IOException {
    model.evaluate();
    double sum = 0;
    long right = 0;
    long hidden = 0;
    int vocabulary = model.bert().config().vocabulary();
    for (int from = 0; from < blocks.held(); from += settings.micro()) {
      MaskedBatch some = blocks.held(from, Math.min(from + settings.micro(), blocks.held()));
      if (some.hidden() > 0) {
        Tensor z = Module.infer(context, () -> model.forward(some.tokens(), Var.of(some.places())));
        HiddenGuesses guesses = HiddenGuesses.of(z, some.labels(), vocabulary);
        sum += guesses.loss();
        right += guesses.right();
        hidden += some.hidden();
        context.workspace().reset();
      }
    }
    return new Held(sum / Math.max(1, hidden), (double) right / Math.max(1, hidden), hidden);
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    model.state().forEach((name, t) -> state.put(MODEL + name, t));
    optimizer.state().forEach((name, t) -> state.put(OPTIMIZER + name, t));
    learned.forEach(
        (part, adam) -> {
          String prefix = part + ".";
          loss.learned().get(part).state().forEach((n, t) -> state.put(PART + prefix + n, t));
          adam.state().forEach((n, t) -> state.put(PART_OPTIMIZER + prefix + n, t));
        });
    return state;
  }

  @Override
  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put("parameters", model.parameters().count());
    sizes.put("steps", steps());
    sizes.put("blocks", (long) blocks.trained());
    sizes.put("held", (long) blocks.held());
    return sizes;
  }

  @Override
  public void resume(long done, Map<String, Tensor> state) {
    model.load(Checkpoints.part(MODEL, state));
    optimizer.restore(done, Checkpoints.part(OPTIMIZER, state));
    learned.forEach(
        (part, adam) -> {
          loss.learned().get(part).load(Checkpoints.part(PART + part + ".", state));
          adam.restore(done, Checkpoints.part(PART_OPTIMIZER + part + ".", state));
        });
    step = done;
  }
}
