package limbeck.nlp.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.kd.Words;

/** Public tasks on texts: which files they come in, and what their columns and classes are. */
@SuppressWarnings("ImmutableEnumChecker") // lists are made by List.of, and formats of them
public enum TextTask {
  /** Sentiment of sentences and phrases of film reviews: Socher et al. 2013, in GLUE's form. */
  SST2(
      "sst2",
      TextFormat.SST2,
      List.of("negative", "positive"),
      List.of("train"),
      List.of("dev", "test")),

  /** Whether two sentences of the news say the same: Dolan and Brockett 2005. */
  MRPC("mrpc", TextFormat.MRPC, List.of("different", "same"), List.of("train"), List.of("test")),

  /** Whether two questions ask the same: Quora 2017, in Wang et al.'s split. */
  QUORA(
      "quora",
      TextFormat.QUORA,
      List.of("different", "same"),
      List.of("train", "dev"),
      List.of("test")),

  /** Whether a sentence follows from another: GLUE's collection of four challenges. */
  RTE(
      "rte",
      TextFormat.RTE,
      List.of("follows", "does not follow"),
      List.of("train"),
      List.of("dev", "test")),

  /** Whether a sentence follows from a picture's caption: Bowman et al. 2015. */
  SNLI(
      "snli",
      TextFormat.SNLI,
      List.of("entailment", "neutral", "contradiction"),
      List.of("train", "dev"),
      List.of("test")),

  /** Whether a sentence follows from another, made by rules: Marelli et al. 2014. */
  SICK(
      "sick",
      TextFormat.SICK,
      List.of("entailment", "neutral", "contradiction"),
      List.of("train"),
      List.of("test")),

  /** Sections of the news: Zhang, Zhao and LeCun 2015. */
  AGNEWS(
      "agnews",
      TextFormat.AGNEWS,
      List.of("world", "sports", "business", "science"),
      List.of("train", "train10k"),
      List.of("test")),

  /** What a question asks for: Li and Roth 2002, with the questions of TREC 10. */
  TREC(
      "trec",
      TextFormat.TREC,
      List.of("abbreviation", "description", "entity", "human", "location", "number"),
      List.of("train", "train_5500"),
      List.of("test", "TREC_10")),

  /** How alike two sentences are in meaning, a score from 0 to 5: Cer et al. 2017. */
  STSB("stsb", TextFormat.STSB, List.of(), List.of("train"), List.of("test"));

  private static final List<String> ENDINGS =
      List.of(".tsv", ".tsv.gz", ".txt", ".txt.gz", ".csv", ".csv.gz", ".jsonl", ".jsonl.gz");

  private static final Words<TextTask> WORDS =
      new Words<>("task", List.of(values()), TextTask::word);

  private final String word;
  private final TextFormat format;
  private final List<String> classes;
  private final List<String> train;
  private final List<String> test;

  TextTask(
      String word, TextFormat format, List<String> classes, List<String> train, List<String> test) {
    this.word = word;
    this.format = format;
    this.classes = classes;
    this.train = train;
    this.test = test;
  }

  /** The word that names it in settings. */
  public String word() {
    return word;
  }

  /** All words. */
  public static List<String> words() {
    return WORDS.all();
  }

  /**
   * The task that a word names.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TextTask of(String word) {
    return WORDS.of(word);
  }

  /**
   * One part of the task's examples. Where the training part is not in the folder, the part that
   * stands in for it by this task's custom is trained on: of Quora and SNLI, {@code dev}.
   *
   * @param part {@code train} or {@code test}
   * @throws FormatException if there is no such file, or it is not as the task's are
   * @throws IOException if it cannot be read
   */
  public TextDataset open(Path folder, String part) throws IOException {
    Path file = file(folder, part.equals("train") ? train : test);
    String name = word + "-" + part;
    return classes.isEmpty()
        ? TextDataset.scored(name, format.read(file))
        : new TextDataset(name, classes, format.read(file));
  }

  private Path file(Path folder, List<String> names) throws FormatException {
    for (String name : names) {
      for (String ending : ENDINGS) {
        Path file = folder.resolve(name + ending);
        if (Files.exists(file)) {
          return file;
        }
      }
    }
    throw new FormatException(
        folder
            + (Files.isDirectory(folder) ? "" : " is no folder and")
            + " holds no "
            + String.join(" or ", names)
            + " of "
            + word
            + ": looked for names that end with "
            + String.join(", ", ENDINGS));
  }
}
