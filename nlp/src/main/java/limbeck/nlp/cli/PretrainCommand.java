package limbeck.nlp.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import limbeck.nlp.pretrain.PretrainMethod;
import limbeck.nlp.pretrain.PretrainPlan;
import limbeck.nlp.pretrain.PretrainRun;
import limbeck.nlp.pretrain.PretrainSettings;
import limbeck.nlp.pretrain.PretrainStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck pretrain TEXT… --out DIR}. */
@Command(
    name = "pretrain",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Pretrain a transformer on plain text by guessing hidden tokens; alone, or by a teacher, as"
            + " DistilBERT, TinyBERT or MiniLM was.")
final class PretrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "TEXT",
      description =
          "files of text, a sentence or paragraph a line, an empty line between documents; or a"
              + " table's column, as train.tsv:sentence; gzipped or not")
  private List<String> texts;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "folder of the model; the same command resumes it")
  private Path out;

  @Option(
      names = "--vocab",
      paramLabel = "FILE",
      description = "vocab.txt (default: that of --from, or learnt)")
  private Path vocab;

  @Option(names = "--vocab-size", paramLabel = "N", description = "pieces that are learnt")
  private int vocabSize = 8000;

  @Option(
      names = "--layers",
      paramLabel = "N",
      description =
          "layers of the encoder; from random weights, more than 2 learn late or never: stack them"
              + " upon fewer with --from")
  private int layers = 2;

  @Option(names = "--width", paramLabel = "N", description = "width of each step's vector")
  private int width = 256;

  @Option(names = "--heads", paramLabel = "N", description = "heads of each attention")
  private int heads = 8;

  @Option(names = "--dropout", paramLabel = "P", description = "dropout in training")
  private double dropout = 0;

  @Option(
      names = "--plain-positions",
      description = "draw the table of positions, instead of beginning it as sines and cosines")
  private boolean plainPositions;

  @Option(names = "--masked", paramLabel = "P", description = "share of tokens that are hidden")
  private double masked = 0.3;

  @Option(
      names = "--deviation",
      paramLabel = "D",
      description = "of initial weights; narrow networks need more than BERT's 0.02")
  private double deviation = 0.05;

  @Option(names = "--steps", paramLabel = "N", description = "tokens of a block")
  private int steps = 48;

  @Option(names = "--epochs", paramLabel = "N", description = "passes over the text")
  private int epochs = 3;

  @Option(names = "--batch", paramLabel = "N", description = "blocks that are computed at once")
  private int batch = 48;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description = "how often, before a step is taken")
  private int accumulate = 1;

  @Option(names = "--rate", paramLabel = "R", description = "learning rate at its highest")
  private double rate = 1e-3;

  @Option(names = "--warm-up", paramLabel = "S", description = "share of steps in which it rises")
  private double warmUp = 0.06;

  @Option(names = "--decay", paramLabel = "D", description = "weight decay, of matrices")
  private double decay = 0.01;

  @Option(names = "--clip", paramLabel = "C", description = "largest norm of a gradient")
  private double clip = 1;

  @Option(
      names = "--static-masks",
      description = "hide the same tokens of a block in every epoch, instead of others each time")
  private boolean staticMasks;

  @Option(names = "--seed", paramLabel = "N", description = "of weights, order, dropout and masks")
  private long seed = 1;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "folder of a model whose weights this one begins with, and whose vocabulary it has")
  private Path from;

  @Option(
      names = "--layers-from",
      split = ",",
      paramLabel = "N",
      showDefaultValue = Visibility.NEVER,
      description =
          "numbers from 0 of that model's layers, one for each of this one's, as 0,1,0,1"
              + " (default: all)")
  private List<Integer> layersFrom = new ArrayList<>();

  @Option(names = "--teacher", paramLabel = "DIR", description = "folder of a model that teaches")
  private Path teacher;

  @Option(
      names = "--layers-of-teacher",
      split = ",",
      paramLabel = "N",
      showDefaultValue = Visibility.NEVER,
      description = "numbers from 0 of the teacher's layers that the model's begin with, as 0,2")
  private List<Integer> copied = new ArrayList<>();

  @Option(
      names = "--method",
      paramLabel = "WORD",
      description =
          "what is learnt from the teacher: distilbert, his guesses and directions; tinybert, his"
              + " layers; minilm, his last attention. With the last two nothing is guessed, and"
              + " widths may differ")
  private String method = PretrainMethod.DISTILBERT.word();

  @Option(names = "--soft", paramLabel = "W", description = "weight of the teacher's guesses")
  private double soft = 5;

  @Option(names = "--hard", paramLabel = "W", description = "weight of the tokens, if taught")
  private double hard = 2;

  @Option(names = "--cosine", paramLabel = "W", description = "weight of hidden states' directions")
  private double cosine = 1;

  @Option(names = "--temperature", paramLabel = "T", description = "of the guesses")
  private double temperature = 2;

  @Override
  public Integer call() throws Exception {
    if (from == null && !layersFrom.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--layers-from " + layersFrom + ": of which model? --from names it");
    }
    PretrainSettings settings =
        new PretrainSettings(
            epochs, batch, accumulate, rate, warmUp, decay, clip, !staticMasks, seed);
    PretrainPlan plan =
        new PretrainPlan(
            texts,
            vocab,
            vocabSize,
            layers,
            width,
            heads,
            dropout,
            deviation,
            !plainPositions,
            masked,
            steps,
            from == null ? null : new PretrainStart(from, layersFrom),
            teacher,
            copied,
            PretrainMethod.of(method),
            soft,
            hard,
            cosine,
            temperature,
            settings);
    PrintWriter err = spec.commandLine().getErr();
    PretrainRun run =
        new PretrainRun(plan, out, new PretrainProgress(err), PretrainSession.CHECKPOINT_SECONDS);
    return PretrainSession.run(run::run, run::stop, out, err);
  }
}
