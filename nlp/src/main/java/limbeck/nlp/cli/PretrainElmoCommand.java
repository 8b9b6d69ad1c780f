package limbeck.nlp.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import limbeck.nlp.elmo.ElmoConfig;
import limbeck.nlp.pretrain.ElmoPlan;
import limbeck.nlp.pretrain.ElmoRun;
import limbeck.nlp.pretrain.ElmoSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck pretrain-elmo TEXT… --out DIR}. */
@Command(
    name = "pretrain-elmo",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Pretrain a language model in both directions on plain text, as ELMo was: recipes use its"
            + " layers with inputs = \"elmo:DIR\".")
final class PretrainElmoCommand implements Callable<Integer> {
  private static final String CHAR = "char";
  private static final String WORD = "word";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "TEXT",
      description =
          "files of text, a sentence a line; or a table's column, as train.tsv:sentence; gzipped or"
              + " not")
  private List<String> texts;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "folder of the model; the same command resumes it")
  private Path out;

  @Option(
      names = "--words",
      paramLabel = "HOW",
      description = "char: vectors of words are computed from their characters; word: looked up")
  private String words = CHAR;

  @Option(
      names = "--vocab-size",
      paramLabel = "N",
      description = "words that are guessed; all others are one")
  private int vocabSize = 8000;

  @Option(names = "--width", paramLabel = "N", description = "of a word's vector and of states")
  private int width = 128;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      description = "units of each LSTM, before they are projected to the width")
  private int hidden = 256;

  @Option(names = "--layers", paramLabel = "N", description = "layers of each direction")
  private int layers = 2;

  @Option(names = "--dropout", paramLabel = "P", description = "dropout in training")
  private double dropout = 0.1;

  @Option(
      names = "--longest",
      paramLabel = "N",
      description = "words of a sentence; longer lines become several")
  private int longest = 60;

  @Option(names = "--epochs", paramLabel = "N", description = "passes over the text")
  private int epochs = 10;

  @Option(names = "--batch", paramLabel = "N", description = "sentences of a step")
  private int batch = 64;

  @Option(names = "--rate", paramLabel = "R", description = "learning rate of Adam")
  private double rate = 1e-3;

  @Option(names = "--clip", paramLabel = "C", description = "largest norm of a gradient")
  private double clip = 1;

  @Option(names = "--seed", paramLabel = "N", description = "of weights, order and dropout")
  private long seed = 1;

  @Override
  public Integer call() throws Exception {
    if (!words.equals(CHAR) && !words.equals(WORD)) {
      throw new IllegalArgumentException("--words " + words + ": char or word expected");
    }
    ElmoConfig small =
        words.equals(CHAR) ? ElmoConfig.characters(vocabSize) : ElmoConfig.words(vocabSize);
    ElmoPlan plan =
        new ElmoPlan(
            texts,
            small.sizes(width, hidden, layers).dropout(dropout),
            longest,
            new ElmoSettings(epochs, batch, rate, clip, seed));
    PrintWriter err = spec.commandLine().getErr();
    ElmoRun run =
        new ElmoRun(plan, out, new PretrainProgress(err), PretrainSession.CHECKPOINT_SECONDS);
    return PretrainSession.run(run::run, run::stop, out, err);
  }
}
