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
import limbeck.nlp.elmo.BiLanguageModel;
import limbeck.nlp.elmo.ElmoConfig;
import limbeck.nlp.elmo.ElmoFiles;
import limbeck.nlp.elmo.ElmoWords;
import limbeck.nlp.text.Vocab;

/**
 * A pretraining of a language model in both directions in a folder, from texts to a model that
 * recipes use as {@code inputs = "elmo:<folder>"}; {@code pretraining.json} says what it was and
 * how it went. Stopped, the same plan in the same folder goes on, and ends with the same bits.
 */
public final class ElmoRun {
  private static final int MEASUREMENTS = 10;
  private static final String IDENTITY = "limbeck.identity";
  private static final String STEP = "limbeck.step";

  private final ElmoPlan plan;
  private final PretrainFolder folder;
  private final PretrainRun.Watcher watcher;
  private final long checkpointNanos;
  private PretrainRecord record;
  private volatile boolean stopping;

  /**
   * A pretraining.
   *
   * @param checkpointSeconds of training between checkpoints
   */
  public ElmoRun(
      ElmoPlan plan, Path folder, PretrainRun.Watcher watcher, double checkpointSeconds) {
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
  public BiLanguageModel run(OpContext context) throws IOException, StoppedException {
    Files.createDirectories(folder.root());
    record = new PretrainRecord(identity(plan), folder);
    Vocab lexicon = lexicon();
    if (!Files.exists(folder.blocks())) {
      watcher.note("cutting the texts into words");
      SentenceFile.write(folder.blocks(), plan.sources(), Lexicon.cutter(lexicon), plan.longest());
    }
    Vocab vocab = Lexicon.vocabulary(lexicon, plan.config().vocabulary());
    try (SentenceFile corpus = SentenceFile.open(folder.blocks())) {
      ElmoPretraining training = training(lexicon, vocab, corpus);
      resume(training);
      say(training, lexicon, corpus);
      train(training, context);
      finish(training, vocab);
      return training.model();
    }
  }

  private static Map<String, Object> identity(ElmoPlan plan) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("texts", PretrainFolder.texts(plan.sources()));
    all.put("config", ElmoFiles.json(plan.config()));
    all.put("longest", plan.longest());
    ElmoSettings s = plan.settings();
    all.put("epochs", s.epochs());
    all.put("batch", s.batch());
    all.put("rate", s.rate());
    all.put("clip", s.clip());
    all.put("seed", s.seed());
    return all;
  }

  private Vocab lexicon() throws IOException {
    Path file = folder.root().resolve("lexicon.txt");
    if (Files.exists(file)) {
      return Vocab.read(file);
    }
    watcher.note("counting words");
    Vocab lexicon = Lexicon.of(plan.sources());
    folder.write(file, lexicon);
    return lexicon;
  }

  private ElmoPretraining training(Vocab lexicon, Vocab vocab, SentenceFile corpus) {
    ElmoConfig config = plan.config().vocabulary(vocab.size());
    BiLanguageModel model = new BiLanguageModel(config);
    model.init(plan.settings().seed());
    SentenceBatches batches =
        new SentenceBatches(
            corpus,
            lexicon,
            ElmoWords.of(config, vocab),
            plan.settings().seed(),
            plan.settings().batch());
    return new ElmoPretraining(model, batches, plan.settings());
  }

  private void say(ElmoPretraining training, Vocab lexicon, SentenceFile corpus) {
    BiLanguageModel model = training.model();
    watcher.note(
        String.format(
            Locale.ROOT,
            "%,d sentences of %,d words in all to train on, %,d held out; %,d different words, %,d"
                + " of them guessed; %,d steps; %,d parameters, %,d of them not for guessing",
            training.batches().trained(),
            corpus.words(),
            training.batches().held(),
            lexicon.size(),
            model.encoder().config().vocabulary(),
            training.steps(),
            model.parameters().count(),
            encoderParameters(model)));
  }

  private static long encoderParameters(BiLanguageModel model) {
    return model.encoder().state().values().stream().mapToLong(t -> t.size()).sum();
  }

  private void resume(ElmoPretraining training) throws IOException {
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

  private void train(ElmoPretraining training, OpContext context)
      throws IOException, StoppedException {
    long every = Math.max(1, training.steps() / MEASUREMENTS);
    long saved = System.nanoTime();
    if (training.step() == 0) {
      measure(training, Double.NaN, context);
    }
    while (training.step() < training.steps()) {
      long start = System.nanoTime();
      double loss = training.advance(context);
      record.trained((System.nanoTime() - start) * 1e-9);
      watcher.stepped(training.step(), training.steps(), loss, training.words());
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

  private void measure(ElmoPretraining training, double loss, OpContext context)
      throws IOException {
    if (record.measured(training.step())) {
      return; // before it was stopped
    }
    ElmoPretraining.Held held = training.measure(context);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", held.loss());
    figures.put("perplexityForward", StrictMath.exp(held.forward()));
    figures.put("perplexityBackward", StrictMath.exp(held.backward()));
    record.add(training.step(), figures, loss);
    watcher.note(
        String.format(
            Locale.ROOT,
            "step %d: held-out loss %.4f, perplexity of next words %.1f, of previous ones %.1f",
            training.step(),
            held.loss(),
            StrictMath.exp(held.forward()),
            StrictMath.exp(held.backward())));
    record.write(sizes(training), null);
  }

  private void save(ElmoPretraining training) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(IDENTITY, record.hash());
    metadata.put(STEP, Long.toString(training.step()));
    Checkpoints.save(folder.checkpoint(), training.state(), metadata);
    record.write(sizes(training), null);
  }

  private static Map<String, Long> sizes(ElmoPretraining training) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put("parameters", training.model().parameters().count());
    sizes.put("parametersWithoutSoftmax", encoderParameters(training.model()));
    sizes.put("steps", training.steps());
    sizes.put("sentences", (long) training.batches().trained());
    sizes.put("held", (long) training.batches().held());
    return sizes;
  }

  private void finish(ElmoPretraining training, Vocab vocab) throws IOException {
    save(training);
    ElmoFiles.save(training.model(), vocab, folder.root());
    record.write(sizes(training), training.model().state());
  }
}
