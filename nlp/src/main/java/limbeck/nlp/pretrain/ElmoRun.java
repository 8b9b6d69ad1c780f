package limbeck.nlp.pretrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.op.OpContext;
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
  private final ElmoPlan plan;
  private final PretrainFolder folder;
  private final PretrainWatcher watcher;
  private final PretrainLoop loop;

  /**
   * A pretraining.
   *
   * @param checkpointSeconds of training between checkpoints
   */
  public ElmoRun(ElmoPlan plan, Path folder, PretrainWatcher watcher, double checkpointSeconds) {
    this.plan = plan;
    this.folder = new PretrainFolder(folder);
    this.watcher = watcher;
    this.loop = new PretrainLoop(this.folder, watcher, checkpointSeconds);
  }

  /** Asks it to save and stop. */
  public void stop() {
    loop.stop();
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
    PretrainRecord record = new PretrainRecord(identity(plan), folder);
    Vocab lexicon = lexicon();
    if (!Files.exists(folder.blocks())) {
      watcher.note("cutting the texts into words");
      SentenceFile.write(folder.blocks(), plan.sources(), Lexicon.cutter(lexicon), plan.longest());
    }
    Vocab vocab = Lexicon.vocabulary(lexicon, plan.config().vocabulary());
    try (SentenceFile corpus = SentenceFile.open(folder.blocks())) {
      ElmoPretraining training = training(lexicon, vocab, corpus);
      loop.resume(training, record);
      introduce(training, lexicon, corpus);
      loop.train(training, record, context);
      finish(training, vocab, record);
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

  private void introduce(ElmoPretraining training, Vocab lexicon, SentenceFile corpus) {
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
            training.encoderParameters()));
  }

  private void finish(ElmoPretraining training, Vocab vocab, PretrainRecord record)
      throws IOException {
    ElmoFiles.save(training.model(), vocab, folder.root());
    record.write(training.sizes(), training.model().state());
  }
}
