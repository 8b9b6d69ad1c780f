package limbeck.nlp.pretrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.TensorFile;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.ShapeException;
import limbeck.kd.StoppedException;
import limbeck.nlp.model.BertConfig;
import limbeck.nlp.model.BertFiles;
import limbeck.nlp.model.MaskedLanguageModel;
import limbeck.nlp.text.Vocab;

/**
 * A pretraining in a folder, from texts to a model that Hugging Face's library can read: {@code
 * config.json}, {@code model.safetensors}, {@code vocab.txt}; and {@code pretraining.json}, which
 * says what it was and how it went. Stopped, the same plan in the same folder goes on, and ends
 * with the same bits.
 */
public final class PretrainRun {
  private static final int MEASUREMENTS = 20;
  private static final String IDENTITY = "limbeck.identity";
  private static final String STEP = "limbeck.step";

  private final PretrainPlan plan;
  private final PretrainFolder folder;
  private final Watcher watcher;
  private final long checkpointNanos;
  private volatile boolean stopping;

  /** Is told how a pretraining goes. */
  public interface Watcher {
    /** Something to be said in a line. */
    void note(String line);

    /**
     * Texts are being read, to learn a vocabulary or to be cut into tokens.
     *
     * @param what is done with them
     * @param share of them that was read, from 0 to 1
     */
    void reading(String what, double share);

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
    Files.createDirectories(folder.root());
    PretrainRecord record = new PretrainRecord(PretrainFolder.identity(plan), folder);
    PretrainTexts texts = new PretrainTexts(plan, folder, watcher);
    Vocab vocab = texts.vocab();
    PretrainTeacher teacher = teacher();
    if (teacher != null) {
      FirstWeights.requireVocabulary("that teaches", plan.teacher(), vocab);
    }
    MaskedLanguageModel model =
        FirstWeights.of(plan, vocab, teacher == null ? null : teacher.model());
    try (TokenBlocks corpus = texts.blocks(vocab)) {
      Masking masking = Masking.bert(vocab).rate(plan.masked());
      Pretraining training = new Pretraining(model, teacher, corpus, masking, plan.settings());
      resume(training, record);
      introduce(training, corpus);
      train(training, record, corpus.steps(), context);
      finish(training, record);
      return model;
    }
  }

  private PretrainTeacher teacher() throws IOException {
    return plan.teacher() == null
        ? null
        : new PretrainTeacher(
            load(plan.teacher()),
            plan.method(),
            plan.soft(),
            plan.hard(),
            plan.cosine(),
            plan.temperature());
  }

  private void introduce(Pretraining training, TokenBlocks corpus) {
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
    if (plan.method() != PretrainMethod.DISTILBERT) {
      watcher.note(
          "method "
              + plan.method().word()
              + ": the teacher's inside is learnt and nothing is guessed, so guesses stay poor");
    }
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

  private void resume(Pretraining training, PretrainRecord record) throws IOException {
    Path file = folder.checkpoint();
    if (!Files.exists(file) && !Files.exists(Checkpoints.previous(file))) {
      return;
    }
    TensorFile content = Checkpoints.load(file);
    if (!record.hash().equals(content.metadata().get(IDENTITY))) {
      throw new FormatException(file + ": is the checkpoint of another pretraining; remove it");
    }
    try {
      training.resume(Long.parseLong(content.metadata().get(STEP)), content.tensors());
    } catch (ShapeException | NumberFormatException e) {
      throw new FormatException(file + ": does not fit this pretraining: " + e.getMessage(), e);
    }
    record.goOnFrom(training.step());
    watcher.note("resuming at step " + training.step() + " of " + training.steps());
  }

  private void train(Pretraining training, PretrainRecord record, int blockSteps, OpContext context)
      throws IOException, StoppedException {
    long every = Math.max(1, training.steps() / MEASUREMENTS);
    long tokens = (long) plan.settings().batch() * blockSteps;
    long saved = System.nanoTime();
    if (training.step() == 0) {
      measure(training, record, Double.NaN, context);
    }
    while (training.step() < training.steps()) {
      long start = System.nanoTime();
      double loss = training.advance(context);
      record.trained((System.nanoTime() - start) * 1e-9);
      watcher.stepped(training.step(), training.steps(), loss, tokens);
      if (training.step() % every == 0 || training.step() == training.steps()) {
        measure(training, record, loss, context);
      }
      if (stopping || System.nanoTime() - saved > checkpointNanos) {
        save(training, record);
        saved = System.nanoTime();
      }
      if (stopping) {
        throw new StoppedException();
      }
    }
  }

  private void measure(Pretraining training, PretrainRecord record, double loss, OpContext context)
      throws IOException {
    if (record.measured(training.step())) {
      return; // before it was stopped
    }
    Pretraining.Held held = training.measure(context);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", held.loss());
    figures.put("accuracy", held.accuracy());
    record.add(training.step(), figures, loss);
    watcher.note(
        String.format(
            Locale.ROOT,
            "step %d: held-out loss %.4f, perplexity %.1f, %.2f %% of %d hidden tokens guessed",
            training.step(),
            held.loss(),
            StrictMath.exp(held.loss()),
            100 * held.accuracy(),
            held.hidden()));
    record.write(sizes(training), null);
  }

  private void save(Pretraining training, PretrainRecord record) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(IDENTITY, record.hash());
    metadata.put(STEP, Long.toString(training.step()));
    Checkpoints.save(folder.checkpoint(), training.state(), metadata);
    record.write(sizes(training), null);
  }

  private static Map<String, Long> sizes(Pretraining training) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put("parameters", training.model().parameters().count());
    sizes.put("steps", training.steps());
    sizes.put("blocks", (long) training.blockCounts()[0]);
    sizes.put("held", (long) training.blockCounts()[1]);
    return sizes;
  }

  private void finish(Pretraining training, PretrainRecord record) throws IOException {
    save(training, record);
    BertConfig config = training.model().bert().config();
    BertFiles.save(training.model(), config, "BertForMaskedLM", folder.root());
    record.write(sizes(training), training.model().state());
  }
}
