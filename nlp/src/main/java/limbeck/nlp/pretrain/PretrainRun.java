package limbeck.nlp.pretrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import limbeck.autograd.module.Positions;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.TensorFile;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.StoppedException;
import limbeck.nlp.data.TextLines;
import limbeck.nlp.model.BertConfig;
import limbeck.nlp.model.BertFiles;
import limbeck.nlp.model.MaskedLanguageModel;
import limbeck.nlp.text.BertNormalizer;
import limbeck.nlp.text.SequenceFrame;
import limbeck.nlp.text.Vocab;
import limbeck.nlp.text.WordPiece;
import limbeck.nlp.text.WordPieceTrainer;

/**
 * A pretraining in a folder, from texts to a model that Hugging Face's library can read: {@code
 * config.json}, {@code model.safetensors}, {@code vocab.txt}; and {@code pretraining.json}, which
 * says what it was and how it went. Stopped, the same plan in the same folder goes on, and ends
 * with the same bits.
 */
public final class PretrainRun {
  private static final long LEAST = 2; // words that come once teach no pieces
  private static final int MEASUREMENTS = 20;
  private static final int LEAST_POSITIONS = 128;
  private static final String IDENTITY = "limbeck.identity";
  private static final String STEP = "limbeck.step";
  private static final String POSITIONS = "bert.positions.weight";

  private final PretrainPlan plan;
  private final PretrainFolder folder;
  private final Watcher watcher;
  private final long checkpointNanos;
  private final List<Map<String, Object>> curve = new ArrayList<>();
  private Map<String, Object> identity;
  private String hash;
  private double seconds;
  private volatile boolean stopping;

  /** Is told how a pretraining goes. */
  public interface Watcher {
    /** Something to be said in a line. */
    void note(String line);

    /** A step was taken. */
    void stepped(long step, long steps, double loss, long tokensOfStep);
  }

  /**
   * A pretraining.
   *
   * @param checkpointSeconds of training between checkpoints
   */
  public PretrainRun(PretrainPlan plan, Path folder, Watcher watcher, double checkpointSeconds) {
    this.plan = plan;
    this.folder = new PretrainFolder(folder);
    this.watcher = watcher;
    this.checkpointNanos = (long) (checkpointSeconds * 1e9);
  }

  /** Asks it to save and stop. */
  public void stop() {
    stopping = true;
  }

  /**
   * Runs to the end.
   *
   * @return the model
   * @throws StoppedException if it was asked to stop
   * @throws FormatException if the folder holds another pretraining, or a file is damaged
   * @throws IOException if something cannot be read or written
   */
  public MaskedLanguageModel run(OpContext context) throws IOException, StoppedException {
    identity = PretrainFolder.identity(plan);
    hash = PretrainFolder.hash(identity);
    Files.createDirectories(folder.root());
    remember(folder.record(hash));
    Vocab vocab = vocab();
    WordPiece pieces = new WordPiece(vocab, BertNormalizer.UNCASED);
    blocks(pieces);
    try (TokenBlocks corpus = TokenBlocks.open(folder.blocks())) {
      Pretraining training = training(vocab, corpus);
      resume(training);
      int[] counts = training.blockCounts();
      watcher.note(
          counts[0]
              + " blocks of "
              + corpus.steps()
              + " tokens to train on, "
              + counts[1]
              + " held out; "
              + training.steps()
              + " steps; "
              + training.model().parameters().count()
              + " parameters");
      train(training, corpus.steps(), context);
      finish(training);
      return training.model();
    }
  }

  private void remember(Map<?, ?> before) {
    if (before != null && before.get("seconds") instanceof Number s) {
      seconds = s.doubleValue();
    }
    if (before != null && before.get("curve") instanceof List<?> points) {
      for (Object point : points) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) point).forEach((k, v) -> copy.put((String) k, v));
        curve.add(copy);
      }
    }
  }

  private Vocab vocab() throws IOException {
    if (Files.exists(folder.vocab())) {
      return Vocab.read(folder.vocab());
    }
    Vocab vocab = plan.vocab() == null ? learnt() : Vocab.read(plan.vocab());
    folder.write(vocab);
    return vocab;
  }

  private Vocab learnt() throws IOException {
    watcher.note("learning a vocabulary of " + plan.vocabSize() + " pieces");
    WordPieceTrainer trainer = new WordPieceTrainer(BertNormalizer.UNCASED);
    for (String source : plan.sources()) {
      try (TextLines lines = TextLines.open(source)) {
        for (String line = lines.next(); line != null; line = lines.next()) {
          trainer.add(line);
        }
      }
    }
    return trainer.train(plan.vocabSize(), LEAST);
  }

  private void blocks(WordPiece pieces) throws IOException {
    if (!Files.exists(folder.blocks())) {
      watcher.note("cutting the texts into tokens");
      Vocab vocab = pieces.vocab();
      TokenBlocks.write(
          folder.blocks(),
          plan.sources(),
          pieces,
          SequenceFrame.bert(vocab),
          vocab.require("[PAD]"),
          plan.steps(),
          (source, lines) -> {});
    }
  }

  private Pretraining training(Vocab vocab, TokenBlocks corpus) throws IOException {
    BertConfig config =
        BertConfig.bert(vocab.size(), plan.width(), plan.layers(), plan.heads(), 4 * plan.width())
            .positions(Math.max(plan.steps(), LEAST_POSITIONS))
            .dropout(plan.dropout())
            .deviation(plan.deviation());
    MaskedLanguageModel model = new MaskedLanguageModel(config);
    model.init(plan.settings().seed());
    if (plan.sines()) {
      beginWithSines(model);
    }
    PretrainTeacher teacher = null;
    if (plan.teacher() != null) {
      MaskedLanguageModel large = load(plan.teacher());
      if (!plan.copied().isEmpty()) {
        LayerCopy.into(model, large, plan.copied());
      }
      teacher =
          new PretrainTeacher(large, plan.soft(), plan.hard(), plan.cosine(), plan.temperature());
    }
    return new Pretraining(
        model, teacher, corpus, Masking.bert(vocab).rate(plan.masked()), plan.settings());
  }

  /** The learnt table of positions begins as sines, of the deviation of the other weights. */
  private void beginWithSines(MaskedLanguageModel model) {
    Map<String, Tensor> state = new LinkedHashMap<>(model.state());
    Tensor table = Tensor.zeros(DType.F32, state.get(POSITIONS).shape());
    Positions.sines(StrictMath.sqrt(2) * plan.deviation()).fill(table, new Philox(0));
    state.put(POSITIONS, table);
    model.load(state);
  }

  /**
   * A masked language model out of a folder.
   *
   * @throws FormatException if it is none
   * @throws IOException if it cannot be read
   */
  public static MaskedLanguageModel load(Path folder) throws IOException {
    BertConfig config = BertFiles.config(folder);
    MaskedLanguageModel model = new MaskedLanguageModel(config);
    model.init(0);
    BertFiles.Loaded loaded = BertFiles.load(model, config, folder);
    if (!loaded.fresh().isEmpty()) {
      throw new FormatException(
          folder + ": is no masked language model: it lacks " + loaded.fresh());
    }
    return model;
  }

  private void resume(Pretraining training) throws IOException {
    Path file = folder.checkpoint();
    if (!Files.exists(file) && !Files.exists(Checkpoints.previous(file))) {
      return;
    }
    TensorFile content = Checkpoints.load(file);
    if (!hash.equals(content.metadata().get(IDENTITY))) {
      throw new FormatException(file + ": is the checkpoint of another pretraining; remove it");
    }
    try {
      training.resume(Long.parseLong(content.metadata().get(STEP)), content.tensors());
    } catch (ShapeException | NumberFormatException e) {
      throw new FormatException(file + ": does not fit this pretraining: " + e.getMessage(), e);
    }
    curve.removeIf(point -> ((Number) point.get("step")).longValue() > training.step());
    watcher.note("resuming at step " + training.step() + " of " + training.steps());
  }

  private void train(Pretraining training, int blockSteps, OpContext context)
      throws IOException, StoppedException {
    long every = Math.max(1, training.steps() / MEASUREMENTS);
    long tokens = (long) plan.settings().batch() * blockSteps;
    long saved = System.nanoTime();
    if (training.step() == 0) {
      measure(training, Double.NaN, context);
    }
    while (training.step() < training.steps()) {
      long start = System.nanoTime();
      double loss = training.advance(context);
      seconds += (System.nanoTime() - start) * 1e-9;
      watcher.stepped(training.step(), training.steps(), loss, tokens);
      if (training.step() % every == 0 || training.step() == training.steps()) {
        measure(training, loss, context);
      }
      if (stopping || System.nanoTime() - saved > checkpointNanos) {
        save(training);
        saved = System.nanoTime();
      }
      if (stopping) {
        throw new StoppedException();
      }
    }
  }

  private void measure(Pretraining training, double loss, OpContext context) throws IOException {
    long step = training.step();
    if (curve.stream().anyMatch(p -> ((Number) p.get("step")).longValue() == step)) {
      return; // measured before it was stopped
    }
    Pretraining.Held held = training.measure(context);
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("step", step);
    point.put("loss", held.loss());
    point.put("accuracy", held.accuracy());
    if (!Double.isNaN(loss)) {
      point.put("trainLoss", loss);
    }
    curve.add(point);
    watcher.note(
        String.format(
            Locale.ROOT,
            "step %d: held-out loss %.4f, perplexity %.1f, %.2f %% of %d hidden tokens guessed",
            step,
            held.loss(),
            StrictMath.exp(held.loss()),
            100 * held.accuracy(),
            held.hidden()));
    record(training, false);
  }

  private void save(Pretraining training) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(IDENTITY, hash);
    metadata.put(STEP, Long.toString(training.step()));
    Checkpoints.save(folder.checkpoint(), training.state(), metadata);
    record(training, false);
  }

  private void record(Pretraining training, boolean done) throws IOException {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("identity", hash);
    record.put("plan", identity);
    record.put("parameters", training.model().parameters().count());
    record.put("steps", training.steps());
    record.put("blocks", training.blockCounts()[0]);
    record.put("held", training.blockCounts()[1]);
    record.put("seconds", seconds);
    record.put("done", done);
    if (done) {
      record.put("weights", WeightHash.of(training.model().state()));
    }
    record.put("curve", curve);
    folder.record(record);
  }

  private void finish(Pretraining training) throws IOException {
    save(training);
    BertConfig config = training.model().bert().config();
    BertFiles.save(training.model(), config, "BertForMaskedLM", folder.root());
    record(training, true);
  }
}
