package limbeck.nlp.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import limbeck.engine.program.Input;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.data.TextExample;
import limbeck.nlp.data.TextInputs;
import limbeck.nlp.elmo.ElmoWords;
import limbeck.nlp.text.SequenceFrame;
import limbeck.nlp.text.Tokenizer;
import limbeck.nlp.text.WordTokenizer;

/**
 * How texts become what a network reads: numbers of tokens, filled up to the longest of a batch.
 * With a frame, a text or pair is one sequence, whose input tensors are {@code ids} [batch, steps],
 * for pairs {@code segments} [batch, steps], and {@code lengths} [batch]; without one, each text of
 * a pair is a sequence of its own, with {@code ids}, {@code lengths}, {@code ids2} and {@code
 * lengths2}. All are I32.
 *
 * <p>Beside its own words a network may read those of a language model: then behind the lengths of
 * each text come {@code words} [batch, steps + 2], or spelled [batch, steps + 2, letters], framed,
 * and {@code framedLengths} [batch].
 *
 * @param tokenizer cuts texts
 * @param frame what stands around them; null: nothing
 * @param pairs whether examples are of two texts
 * @param most how many tokens a sequence may have: the end of a longer one is cut off
 * @param padding the token that fills up
 * @param beside how a language model reads the same words; null: there is none. Needs a {@link
 *     WordTokenizer} and no frame
 */
public record TextCoder(
    Tokenizer tokenizer,
    SequenceFrame frame,
    boolean pairs,
    int most,
    int padding,
    ElmoWords beside) {

  /** How texts are read, by no language model. */
  public TextCoder(Tokenizer tokenizer, SequenceFrame frame, boolean pairs, int most, int padding) {
    this(tokenizer, frame, pairs, most, padding, null);
  }

  /** Checks the length. */
  public TextCoder {
    if (beside != null && (frame != null || !(tokenizer instanceof WordTokenizer))) {
      throw new IllegalArgumentException("texts: a language model's layers are of whole words");
    }
    if (most < 1) {
      throw new IllegalArgumentException("texts: at most " + most + " tokens, 1 at least expected");
    }
  }

  /** The inputs of a program, with so many steps where a size is needed. */
  public List<Input> inputs(int steps) {
    List<Input> inputs = new ArrayList<>();
    inputs.add(sequence("ids", steps));
    if (frame != null && pairs) {
      inputs.add(sequence("segments", steps));
    }
    inputs.add(Input.of("lengths", DType.I32, Shape.of()));
    addFramed(inputs, "", steps);
    if (frame == null && pairs) {
      inputs.add(sequence("ids2", steps));
      inputs.add(Input.of("lengths2", DType.I32, Shape.of()));
      addFramed(inputs, "2", steps);
    }
    return inputs;
  }

  private void addFramed(List<Input> inputs, String which, int steps) {
    if (beside != null) {
      int n = steps + ElmoWords.FRAME;
      Shape shape = beside.letters() == 0 ? Shape.of(n) : Shape.of(n, beside.letters());
      inputs.add(Input.of("words" + which, DType.I32, shape).free(0));
      inputs.add(Input.of("framedLengths" + which, DType.I32, Shape.of()));
    }
  }

  private static Input sequence(String name, int steps) {
    return Input.of(name, DType.I32, Shape.of(steps)).free(0);
  }

  /**
   * The input tensors of some texts.
   *
   * @throws IllegalArgumentException if they are pairs where single ones are expected, or vice
   *     versa
   */
  public Tensor[] tensors(TextInputs in) {
    if (in.size() > 0 && in.data().pairs() != pairs) {
      throw new IllegalArgumentException(
          in.data().name()
              + ": "
              + in.data().form()
              + ", but "
              + (pairs ? "pairs" : "single texts")
              + " are expected");
    }
    int[][][] codes = codes(in);
    Tensor lengths = lengths(codes, 0);
    if (beside != null) {
      return besides(in, codes);
    }
    if (frame == null) {
      return pairs
          ? new Tensor[] {filled(codes, 0), lengths, filled(codes, 1), lengths(codes, 1)}
          : new Tensor[] {filled(codes, 0), lengths};
    }
    return pairs
        ? new Tensor[] {filled(codes, 0), filled(codes, 1), lengths}
        : new Tensor[] {filled(codes, 0), lengths};
  }

  private int[][][] codes(TextInputs in) {
    int[][][] codes = new int[in.size()][][];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = in.data().codes(in.examples()[i], this, this::code);
    }
    return codes;
  }

  /** Whether an example is one sequence, be it of two texts. */
  boolean oneSequence() {
    return frame != null || !pairs;
  }

  /** How many tokens the first sequence of each example has, I32 [batch]. */
  Tensor lengths(TextInputs in) {
    return lengths(codes(in), 0);
  }

  /** What there is without a language model, and of each text what that reads. */
  private Tensor[] besides(TextInputs in, int[][][] codes) {
    List<Tensor> all = new ArrayList<>();
    for (int which = 0; which < (pairs ? 2 : 1); which++) {
      boolean second = which == 1;
      Framed framed =
          framed(
              Arrays.stream(in.examples())
                  .mapToObj(in.data()::text)
                  .map(e -> second ? e.second() : e.first())
                  .toList());
      all.add(filled(codes, which));
      all.add(lengths(codes, which));
      all.add(framed.tokens());
      all.add(framed.lengths());
    }
    return all.toArray(Tensor[]::new);
  }

  /** The same without a language model. */
  TextCoder alone() {
    return beside == null ? this : new TextCoder(tokenizer, frame, pairs, most, padding);
  }

  /**
   * Texts as a language model reads them.
   *
   * @param tokens [texts, steps + 2], or spelled [texts, steps + 2, letters]
   * @param lengths with frames, [texts]
   * @param real 1 for each word, 0 behind a text's end, [texts, steps]
   */
  record Framed(Tensor tokens, Tensor lengths, Tensor real) {
    /** Words of a text. */
    int words(int text) {
      return lengths.ints()[text] - ElmoWords.FRAME;
    }
  }

  /** Texts as the language model beside reads them. */
  Framed framed(List<String> texts) {
    List<List<String>> words = texts.stream().map(this::words).toList();
    int n = words.size();
    int steps = Math.max(1, words.stream().mapToInt(List::size).max().orElse(1));
    int row = (steps + ElmoWords.FRAME) * beside.stride();
    int[] tokens = new int[Math.multiplyExact(n, row)];
    int[] lengths = new int[n];
    int[] real = new int[n * steps];
    for (int b = 0; b < n; b++) {
      lengths[b] = words.get(b).size() + ElmoWords.FRAME;
      beside.write(words.get(b), tokens, b * row);
      Arrays.fill(real, b * steps, b * steps + words.get(b).size(), 1);
    }
    int framed = steps + ElmoWords.FRAME;
    Shape shape =
        beside.letters() == 0 ? Shape.of(n, framed) : Shape.of(n, framed, beside.letters());
    return new Framed(
        Tensor.view(tokens, 0, shape),
        Tensor.view(lengths, 0, Shape.of(n)),
        Tensor.view(real, 0, Shape.of(n, steps)));
  }

  /** The words of a text, as many as are read; hidden ones by {@link WordTokenizer#HIDDEN}. */
  private List<String> words(String text) {
    WordTokenizer cut = (WordTokenizer) tokenizer;
    boolean hidden = cut.vocab().id(WordTokenizer.MASK) >= 0;
    List<String> words = new ArrayList<>();
    String[] parts = text.split(WordTokenizer.HIDDEN, -1);
    for (int i = 0; i < parts.length; i++) {
      if (i > 0 && hidden) {
        words.add(WordTokenizer.HIDDEN);
      }
      words.addAll(cut.words(parts[i]));
    }
    return words.size() <= most ? words : words.subList(0, most);
  }

  /** The sequences of one example: with a frame ids and segments, else the ids of each text. */
  int[][] code(TextExample e) {
    int[] first = encode(e.first());
    int[] second = e.pair() ? encode(e.second()) : null;
    if (frame == null) {
      int[] cut = cut(first);
      return second == null ? new int[][] {cut} : new int[][] {cut, cut(second)};
    }
    SequenceFrame.Sequence s =
        second == null ? frame.of(first, most) : frame.of(first, second, most);
    return second == null ? new int[][] {s.ids()} : new int[][] {s.ids(), s.segments()};
  }

  /** Tokens of a text in which words may be hidden. */
  private int[] encode(String text) {
    if (!text.contains(WordTokenizer.HIDDEN)) {
      return tokenizer.encode(text);
    }
    int mask = tokenizer.vocab().id(frame == null ? WordTokenizer.MASK : "[MASK]");
    IntStream.Builder ids = IntStream.builder();
    String[] parts = text.split(WordTokenizer.HIDDEN, -1);
    for (int i = 0; i < parts.length; i++) {
      if (i > 0 && mask >= 0) {
        ids.add(mask);
      }
      Arrays.stream(tokenizer.encode(parts[i])).forEach(ids::add);
    }
    return ids.build().toArray();
  }

  private int[] cut(int[] ids) {
    return ids.length <= most ? ids : Arrays.copyOf(ids, most);
  }

  private static Tensor lengths(int[][][] codes, int which) {
    int[] lengths = Arrays.stream(codes).mapToInt(c -> c[which].length).toArray();
    return Tensor.view(lengths, 0, Shape.of(codes.length));
  }

  private Tensor filled(int[][][] codes, int which) {
    int steps = IntStream.range(0, codes.length).map(i -> codes[i][which].length).max().orElse(1);
    int wide = Math.max(1, steps);
    int[] all = new int[Math.multiplyExact(codes.length, wide)];
    for (int i = 0; i < codes.length; i++) {
      int[] ids = codes[i][which];
      System.arraycopy(ids, 0, all, i * wide, ids.length);
      Arrays.fill(
          all, i * wide + ids.length, (i + 1) * wide, frame != null && which == 1 ? 0 : padding);
    }
    return Tensor.view(all, 0, Shape.of(codes.length, wide));
  }
}
