package limbeck.nlp.pretrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.op.OpContext;
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
  /** Layers that learn from random weights, with norms behind the sums as BERT has them. */
  private static final int EASY_LAYERS = 2;

  private final PretrainPlan plan;
  private final PretrainFolder folder;
  private final PretrainWatcher watcher;
  private final PretrainLoop loop;

  /**
   * A pretraining.
   *
   * @param checkpointSeconds of training between checkpoints
   */
  public PretrainRun(
      PretrainPlan plan, Path folder, PretrainWatcher watcher, double checkpointSeconds) {
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
      loop.resume(training, record);
      introduce(training, corpus);
      loop.train(training, record, context);
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
    Map<String, Long> sizes = training.sizes();
    watcher.note(
        sizes.get("blocks")
            + " blocks of "
            + corpus.steps()
            + " tokens to train on, "
            + sizes.get("held")
            + " held out; "
            + sizes.get("steps")
            + " steps; "
            + sizes.get("parameters")
            + " parameters");
    if (plan.layers() > EASY_LAYERS && plan.start() == null && plan.teacher() == null) {
      watcher.note(
          plan.layers()
              + " layers with random weights learn late, or never: begin with "
              + EASY_LAYERS
              + ", and stack them (--from, --layers-from)");
    }
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

  private void finish(Pretraining training, PretrainRecord record) throws IOException {
    BertConfig config = training.model().bert().config();
    BertFiles.save(training.model(), config, "BertForMaskedLM", folder.root());
    record.write(training.sizes(), training.model().state());
  }
}
