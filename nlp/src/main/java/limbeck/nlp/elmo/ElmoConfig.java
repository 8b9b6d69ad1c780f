package limbeck.nlp.elmo;

import java.util.List;
import java.util.Locale;

/**
 * Sizes and choices of a language model in both directions.
 *
 * @param characters whether a word's vector is computed from its characters; else it is looked up
 * @param vocabulary words that are guessed, special ones included; and looked up, if they are
 * @param width numbers of a word's vector and of a direction's state
 * @param hidden units of each LSTM, before they are projected to {@code width}
 * @param layers of each direction
 * @param clip the limit of cells and projected states; 0: none
 * @param dropout in training
 * @param letters symbols that a word is spelled with, with those that begin and end it; longer ones
 *     are cut
 * @param letterWidth numbers of a symbol's vector
 * @param filters of windows of 1, 2, 3, … symbols
 * @param highways highway layers behind the filters
 */
public record ElmoConfig(
    boolean characters,
    int vocabulary,
    int width,
    int hidden,
    int layers,
    double clip,
    double dropout,
    int letters,
    int letterWidth,
    List<Integer> filters,
    int highways) {
  private static final int MOST = 1 << 16;
  private static final double CLIP = 3;
  private static final double DROPOUT = 0.1;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one makes no sense
   */
  public ElmoConfig {
    filters = List.copyOf(filters);
    boolean sizes = in(vocabulary, 6, MOST) && in(width, 1, MOST) && in(hidden, 1, MOST);
    boolean spelling =
        in(letters, Math.max(4, filters.size()), 1 << 10)
            && in(letterWidth, 1, MOST)
            && !filters.isEmpty()
            && filters.stream().allMatch(f -> in(f, 1, MOST))
            && in(highways, 0, 64);
    boolean numbers = clip >= 0 && clip < Double.POSITIVE_INFINITY && dropout >= 0 && dropout < 1;
    if (!sizes || !in(layers, 1, 64) || !numbers || characters && !spelling) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "elmo: vocabulary %d, width %d, %d units, %d layers, clip %s, dropout %s, %d letters"
                  + " of width %d, filters %s, %d highway layers: out of range",
              vocabulary,
              width,
              hidden,
              layers,
              clip,
              dropout,
              letters,
              letterWidth,
              filters,
              highways));
    }
  }

  private static boolean in(int x, int least, int most) {
    return x >= least && x <= most;
  }

  /** A small model that looks words up: vectors of 128, two layers of 256 units in a direction. */
  public static ElmoConfig words(int vocabulary) {
    return small(false, vocabulary);
  }

  /**
   * A small model that spells words: as {@link #words}, but for windows of 1 to 4 symbols with 16,
   * 16, 32 and 64 filters and one highway layer in place of the table.
   */
  public static ElmoConfig characters(int vocabulary) {
    return small(true, vocabulary);
  }

  private static ElmoConfig small(boolean characters, int vocabulary) {
    return new ElmoConfig(
        characters, vocabulary, 128, 256, 2, CLIP, DROPOUT, 32, 16, List.of(16, 16, 32, 64), 1);
  }

  /** The published model, with another number of words that are guessed. */
  public static ElmoConfig published(int vocabulary) {
    return new ElmoConfig(
        true,
        vocabulary,
        512,
        4096,
        2,
        CLIP,
        DROPOUT,
        50,
        16,
        List.of(32, 32, 64, 128, 256, 512, 1024),
        2);
  }

  /** Another rate of dropout. */
  public ElmoConfig dropout(double rate) {
    return new ElmoConfig(
        characters,
        vocabulary,
        width,
        hidden,
        layers,
        clip,
        rate,
        letters,
        letterWidth,
        filters,
        highways);
  }

  /** Another number of words. */
  public ElmoConfig vocabulary(int words) {
    return new ElmoConfig(
        characters,
        words,
        width,
        hidden,
        layers,
        clip,
        dropout,
        letters,
        letterWidth,
        filters,
        highways);
  }

  /** Other sizes. */
  public ElmoConfig sizes(int otherWidth, int otherHidden, int otherLayers) {
    return new ElmoConfig(
        characters,
        vocabulary,
        otherWidth,
        otherHidden,
        otherLayers,
        clip,
        dropout,
        letters,
        letterWidth,
        filters,
        highways);
  }
}
