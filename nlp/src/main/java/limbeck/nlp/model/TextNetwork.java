package limbeck.nlp.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Summary;
import limbeck.autograd.Tracer;
import limbeck.autograd.Var;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Network;
import limbeck.kd.data.Inputs;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.TextExample;
import limbeck.nlp.data.TextInputs;

/**
 * A network that says something of texts: it cuts them into tokens by a coder of its own, so that a
 * student may have other tokens than its teacher.
 */
public abstract class TextNetwork extends Network {
  private static final int SAMPLE_WORDS = 8;
  private static final int LONG_WORDS = 13;

  private final String name;
  private final int classes;
  private final TextCoder coder;
  private final int usualSteps;

  /**
   * A network.
   *
   * @param outputs how many numbers it says of a text: a logit for each class, or one score
   * @param usualSteps tokens that a text usually has: what costs are stated for
   */
  TextNetwork(String name, int outputs, TextCoder coder, int usualSteps) {
    this.name = name;
    this.classes = outputs;
    this.coder = coder;
    this.usualSteps = usualSteps;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int classes() {
    return classes;
  }

  /** How it reads texts. */
  public final TextCoder coder() {
    return coder;
  }

  /** Logits of the input tensors that {@link TextCoder} makes, in their order. */
  public abstract Var forward(List<Var> in);

  /** Nothing: texts have several input tensors. */
  @Override
  public final Var forward(Var x) {
    throw new UnsupportedOperationException(name + ": texts have several input tensors");
  }

  @Override
  public Var forward(Inputs in) {
    return forward(Arrays.stream(tensors(in)).map(Var::of).toList());
  }

  @Override
  public final Tensor[] tensors(Inputs in) {
    return coder.tensors(texts(in));
  }

  /** Inputs as texts, which they are expected to be. */
  final TextInputs texts(Inputs in) {
    if (in instanceof TextInputs texts) {
      return texts;
    }
    throw new IllegalArgumentException(name + ": texts expected, given were other data");
  }

  /** What is needed to make inputs of a text. */
  @Override
  public final Map<String, String> facts() {
    return TextFacts.of(coder);
  }

  /** A short text of words that mean nothing. */
  @Override
  public final Inputs sample() {
    return sample(SAMPLE_WORDS);
  }

  @Override
  public final Inputs longSample() {
    return sample(LONG_WORDS);
  }

  private Inputs sample(int words) {
    String text = "a ".repeat(words);
    TextExample example = new TextExample(text, coder.pairs() ? text : null, 0);
    return new TextDataset("sample", List.of("any"), List.of(example)).inputs(new int[] {0});
  }

  @Override
  public final Program program() {
    return Tracer.trace(this, this::forward, inputs().toArray(Input[]::new));
  }

  /** What its coder is, where examples are one sequence each. */
  @Override
  public final Object cutter() {
    Map<String, String> facts = facts();
    return !coder.oneSequence() ? null : facts.isEmpty() ? coder : facts;
  }

  @Override
  public final Tensor lengths(Inputs in) {
    return coder.oneSequence() && in instanceof TextInputs texts ? coder.lengths(texts) : null;
  }

  /** The inputs of the program, of a usual length. */
  final List<Input> inputs() {
    return coder.inputs(usualSteps);
  }

  /** Takes values from elsewhere, where some are, when all were drawn with those of an ensemble. */
  void beginWithin() {}

  @Override
  public final void begin(long seed) {
    init(seed);
    beginWithin();
  }

  @Override
  public final long multiplyAdds() {
    return Summary.of(this, this::forward, inputs().toArray(Input[]::new)).multiplyAdds();
  }
}
