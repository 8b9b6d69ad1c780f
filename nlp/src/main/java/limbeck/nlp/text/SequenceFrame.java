package limbeck.nlp.text;

import java.util.Arrays;
import java.util.List;

/**
 * What stands around texts where a model reads them: {@code [CLS] first [SEP]} and {@code [CLS]
 * first [SEP] second [SEP]} for BERT; {@code <s> first </s>} and {@code <s> first </s></s> second
 * </s>} for RoBERTa.
 *
 * @param before the first text
 * @param between two texts
 * @param after the last text
 * @param segments whether the second text, and what stands after it, is told from the first
 */
public record SequenceFrame(
    List<Integer> before, List<Integer> between, List<Integer> after, boolean segments) {

  /** Copies the lists. */
  public SequenceFrame {
    before = List.copyOf(before);
    between = List.copyOf(between);
    after = List.copyOf(after);
  }

  /**
   * A framed text, or two.
   *
   * @param ids numbers of tokens
   * @param segments for each token, 1 where it belongs to the second text, else 0
   */
  public record Sequence(int[] ids, int[] segments) {
    /** How many tokens it has. */
    public int length() {
      return ids.length;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Sequence s
          && Arrays.equals(ids, s.ids)
          && Arrays.equals(segments, s.segments);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(ids) + Arrays.hashCode(segments);
    }

    @Override
    public String toString() {
      return Arrays.toString(ids) + " " + Arrays.toString(segments);
    }
  }

  /**
   * BERT's frame.
   *
   * @throws IllegalArgumentException if the vocabulary has no {@code [CLS]} or {@code [SEP]}
   */
  public static SequenceFrame bert(Vocab vocab) {
    List<Integer> end = List.of(vocab.require("[SEP]"));
    return new SequenceFrame(List.of(vocab.require("[CLS]")), end, end, true);
  }

  /**
   * One text; the end of a long one is cut off.
   *
   * @param most how many tokens there may be, frame included
   * @throws IllegalArgumentException if the frame alone has more
   */
  public Sequence of(int[] text, int most) {
    int room = room(most, before.size() + after.size());
    Filling f = new Filling(before.size() + Math.min(room, text.length) + after.size());
    f.add(before, 0);
    f.add(text, Math.min(room, text.length), 0);
    f.add(after, 0);
    return f.sequence;
  }

  /**
   * Two texts; while there is no room, the longer one loses its last token, of equally long ones
   * the second.
   *
   * @param most how many tokens there may be, frame included
   * @throws IllegalArgumentException if the frame alone has more
   */
  public Sequence of(int[] first, int[] second, int most) {
    int frame = before.size() + between.size() + after.size();
    int room = room(most, frame);
    int a = first.length;
    int b = second.length;
    while (a + b > room) {
      if (a > b) {
        a--;
      } else {
        b--;
      }
    }
    int kind = segments ? 1 : 0;
    Filling f = new Filling(frame + a + b);
    f.add(before, 0);
    f.add(first, a, 0);
    f.add(between, 0);
    f.add(second, b, kind);
    f.add(after, kind);
    return f.sequence;
  }

  private static int room(int most, int frame) {
    if (most < frame) {
      throw new IllegalArgumentException(
          "sequence: at most " + most + " tokens, but the frame alone has " + frame);
    }
    return most - frame;
  }

  /** A sequence on its way. */
  private static final class Filling {
    private final Sequence sequence;
    private int size;

    Filling(int length) {
      sequence = new Sequence(new int[length], new int[length]);
    }

    void add(List<Integer> tokens, int kind) {
      add(tokens.stream().mapToInt(Integer::intValue).toArray(), tokens.size(), kind);
    }

    void add(int[] tokens, int n, int kind) {
      System.arraycopy(tokens, 0, sequence.ids, size, n);
      Arrays.fill(sequence.segments, size, size + n, kind);
      size += n;
    }
  }
}
