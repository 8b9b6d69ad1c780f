package limbeck.nlp.model;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.kd.DropoutRates;
import limbeck.kd.Network;
import limbeck.nlp.elmo.FrozenElmo;
import limbeck.nlp.text.WordTokenizer;

/** {@link WordNetwork}s, a family for each encoder. */
enum WordFamily implements TextFamily {
  /** {@link BiLstmEncoder}. */
  BILSTM(
      "bilstm",
      "units of each direction",
      "recurrent network in both directions, such as bilstm:150-200",
      "bilstm:150-200") {
    @Override
    SentenceEncoder encoder(int in, int size) {
      return new BiLstmEncoder(in, size);
    }
  },

  /** {@link CnnEncoder}. */
  CNN(
      "cnn",
      "filters of each window",
      "convolutions over words and the largest values, such as cnn:100-100",
      "cnn:100-100") {
    @Override
    SentenceEncoder encoder(int in, int size) {
      return new CnnEncoder(in, size);
    }
  },

  /** {@link BagEncoder}. */
  BAG("bag", "", "mean of the words' vectors, such as bag:100", "bag:100") {
    @Override
    SentenceEncoder encoder(int in, int size) {
      return new BagEncoder(in);
    }
  };

  private static final int MOST = 1 << 14;
  private static final int USUAL_WIDTH = 64;
  private static final List<String> INPUTS =
      List.of(
          "plain",
          "words:<width>",
          "vectors:<file>",
          "multichannel:<file>",
          "elmo:<folder>[+<one of the others>]");

  private final String word;
  private final String size;
  private final String summary;
  private final String example;
  private final Pattern pattern;

  WordFamily(String word, String size, String summary, String example) {
    this.word = word;
    this.size = size;
    this.summary = summary;
    this.example = example;
    this.pattern =
        Pattern.compile(word + (size.isEmpty() ? ":" : ":([1-9]\\d{0,4})-") + "([1-9]\\d{0,4})");
  }

  abstract SentenceEncoder encoder(int in, int size);

  @Override
  public String prefix() {
    return word + ":";
  }

  @Override
  public String form() {
    return word + ":" + (size.isEmpty() ? "" : "<" + size + ">-") + "<hidden units>";
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public String example() {
    return example;
  }

  private Matcher matcher(String name) {
    Matcher m = pattern.matcher(name);
    if (!m.matches()) {
      throw new IllegalArgumentException(name + ": written as " + form() + ", such as " + example);
    }
    for (int group = 1; group <= m.groupCount(); group++) {
      if (Integer.parseInt(m.group(group)) > MOST) {
        throw new IllegalArgumentException(name + ": sizes of at most " + MOST + " expected");
      }
    }
    return m;
  }

  @Override
  public String shortest(String name) {
    return matcher(name).group();
  }

  @Override
  public Network build(String name, TextSource all, DropoutRates dropout) {
    Matcher m = matcher(name);
    WordInputs inputs = WordInputs.of(all.inputs());
    TextSource source = new TextSource(all.texts(), inputs.words());
    FrozenElmo elmo = inputs.elmo() == null ? null : source.elmo(inputs.elmo());
    int first = Integer.parseInt(m.group(1));
    int hidden = Integer.parseInt(m.group(m.groupCount()));
    WordTokenizer tokenizer = source.words();
    int padding = tokenizer.vocab().require(WordTokenizer.PADDING);
    TextCoder coder =
        new TextCoder(
            tokenizer,
            null,
            source.texts().pairs(),
            TextSource.MOST_STEPS,
            padding,
            elmo == null ? null : elmo.words());
    WordEmbeddings words = embeddings(source, tokenizer);
    return new WordNetwork(
        name,
        source.texts().outputs(),
        coder,
        source.usualSteps(coder.alone()),
        words,
        elmo,
        encoder(words.width() + (elmo == null ? 0 : 2 * elmo.config().width()), first),
        hidden,
        dropout);
  }

  private static WordEmbeddings embeddings(TextSource source, WordTokenizer tokenizer) {
    int size = tokenizer.vocab().size();
    return switch (source.kind()) {
      case "words" -> WordEmbeddings.fresh(size, Integer.parseInt(source.detail()));
      case "vectors", "multichannel" ->
          WordEmbeddings.of(
              source.vectors(tokenizer, Path.of(source.detail())),
              source.kind().equals("multichannel"));
      default -> WordEmbeddings.fresh(size, USUAL_WIDTH);
    };
  }

  /** Files count by their content. */
  @Override
  public String identity(String name, String inputs) {
    return TextFamily.super.identity(name, WordInputs.of(inputs).identity());
  }

  @Override
  public List<String> inputs() {
    return INPUTS;
  }

  @Override
  public void checkInputs(String inputs) {
    if (!WordInputs.fits(inputs)) {
      throw new IllegalArgumentException(
          "inputs = \"" + inputs + "\": one of " + String.join(", ", INPUTS) + " expected");
    }
  }
}
