package limbeck.nlp.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.kd.DropoutRates;
import limbeck.kd.Network;
import limbeck.nlp.text.SequenceFrame;
import limbeck.nlp.text.WordPiece;

/** {@link BertNetwork}s that are not pretrained. */
final class BertFamily implements TextFamily {
  static final String PADDING = "[PAD]";

  private static final Pattern NAME =
      Pattern.compile("bert:([1-9]\\d?)-([1-9]\\d{0,3})-([1-9]\\d?)");
  private static final List<String> INPUTS = List.of("plain", "pieces:<size>");
  private static final int USUAL_SIZE = 8_000;

  @Override
  public String prefix() {
    return "bert:";
  }

  @Override
  public String form() {
    return "bert:<layers>-<width>-<heads>";
  }

  @Override
  public String summary() {
    return "transformer with random weights, such as bert:4-128-4";
  }

  @Override
  public String example() {
    return "bert:4-128-4";
  }

  private Matcher matcher(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          name + ": written as " + form() + ", such as " + example());
    }
    if (Integer.parseInt(m.group(2)) % Integer.parseInt(m.group(3)) != 0) {
      throw new IllegalArgumentException(name + ": heads must divide the width");
    }
    return m;
  }

  @Override
  public String shortest(String name) {
    return matcher(name).group();
  }

  @Override
  public Network build(String name, TextSource source, DropoutRates dropout) {
    Matcher m = matcher(name);
    int layers = Integer.parseInt(m.group(1));
    int width = Integer.parseInt(m.group(2));
    int heads = Integer.parseInt(m.group(3));
    boolean plain = source.detail().isEmpty();
    WordPiece pieces = source.pieces(plain ? USUAL_SIZE : Integer.parseInt(source.detail()));
    BertConfig config =
        BertConfig.bert(pieces.vocab().size(), width, layers, heads, 4 * width)
            .positions(TextSource.MOST_STEPS)
            .dropout(dropout.hidden());
    TextCoder coder =
        new TextCoder(
            pieces,
            SequenceFrame.bert(pieces.vocab()),
            source.texts().pairs(),
            TextSource.MOST_STEPS,
            pieces.vocab().require(PADDING));
    return new BertNetwork(name, source.texts().outputs(), coder, source.usualSteps(coder), config);
  }

  @Override
  public List<String> inputs() {
    return INPUTS;
  }

  @Override
  public void checkInputs(String inputs) {
    if (!inputs.matches("plain|pieces:[1-9]\\d{1,5}")) {
      throw new IllegalArgumentException(
          "inputs = \"" + inputs + "\": one of " + String.join(", ", INPUTS) + " expected");
    }
  }
}
