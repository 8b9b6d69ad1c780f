package limbeck.nlp.text;

import java.util.Objects;

/**
 * What BERT does to a text before it splits it (Devlin et al. 2019, arXiv 1810.04805, and its
 * published code): control characters are removed and all space becomes a plain space; Chinese
 * characters get spaces around them, so that each is a word; accents and upper case are removed.
 *
 * <p>Each character is changed by itself. U+0000, U+FFFD and surrogates without a partner are
 * always removed: they stand for what could not be read.
 *
 * @param clean whether control characters are removed and space is made plain
 * @param spaceChinese whether Chinese characters are set apart
 * @param stripAccents whether letters are decomposed and their marks (category Mn) removed
 * @param lowercase whether upper case becomes lower
 * @param controls what {@code clean} takes for a control character
 */
public record BertNormalizer(
    boolean clean,
    boolean spaceChinese,
    boolean stripAccents,
    boolean lowercase,
    Controls controls) {

  /** Implementations differ in what they remove as control characters, beside U+0000 and U+FFFD. */
  public enum Controls {
    /**
     * Category Cc only, so that joiners without width stay, which Persian and Indic scripts are
     * written with. The published test texts of the uncased vocabulary are tokenized so.
     */
    CONTROL(Unicode.CONTROL),

    /** Cc and Cf, as in the code published with BERT. */
    FORMAT(Unicode.CONTROL | Unicode.FORMAT),

    /** Cc, Cf and Co, private characters, as Hugging Face's tokenizers do. */
    PRIVATE(Unicode.CONTROL | Unicode.FORMAT | Unicode.PRIVATE);

    private final int categories;

    Controls(int categories) {
      this.categories = categories;
    }
  }

  /** The normalisation of uncased models. */
  public static final BertNormalizer UNCASED =
      new BertNormalizer(true, true, true, true, Controls.CONTROL);

  /** The normalisation of cased models. */
  public static final BertNormalizer CASED =
      new BertNormalizer(true, true, false, false, Controls.CONTROL);

  private static final int UNREADABLE = 0xfffd;
  private static final int I_WITH_DOT = 0x130;
  private static final int DOT_ABOVE = 0x307;

  /** Checks the settings. */
  public BertNormalizer {
    Objects.requireNonNull(controls, "controls");
  }

  /** This one with other control characters. */
  public BertNormalizer with(Controls others) {
    return new BertNormalizer(clean, spaceChinese, stripAccents, lowercase, others);
  }

  /** A text, normalised. */
  public String normalize(String text) {
    Ints out = new Ints(text.length() + 16);
    normalize(text, out);
    return out.toString();
  }

  /** Appends a text, normalised. */
  void normalize(String text, Ints out) {
    int length = text.length();
    for (int i = 0; i < length; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c >= 'a' && c <= 'z') {
        out.add(c); // most of most texts
      } else if (clean) {
        cleaned(c, out);
      } else if (!isUnreadable(c)) {
        chinese(c, out);
      }
    }
  }

  private static boolean isUnreadable(int c) {
    return c == 0
        || c == UNREADABLE
        || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private void cleaned(int c, Ints out) {
    int category = Unicode.category(c);
    if (c == '\t' || c == '\n' || c == '\r' || category == Unicode.SEPARATOR && isSpace(c)) {
      out.add(' ');
    } else if ((category & controls.categories) == 0 && !isUnreadable(c)) {
      chinese(c, out);
    }
  }

  /** Category Zs; line and paragraph separators are no spaces to BERT, though words end there. */
  private static boolean isSpace(int c) {
    return c != 0x2028 && c != 0x2029;
  }

  private void chinese(int c, Ints out) {
    if (spaceChinese && isChinese(c)) {
      out.add(' ');
      accents(c, out);
      out.add(' ');
    } else {
      accents(c, out);
    }
  }

  private void accents(int c, Ints out) {
    if (!stripAccents) {
      cased(c, out);
    } else if (Decomposition.isHangul(c)) {
      Decomposition.hangul(c, out);
    } else {
      int[] parts = Unicode.parts(c);
      if (parts == null) {
        unmarked(c, out);
      } else {
        for (int part : parts) {
          unmarked(part, out);
        }
      }
    }
  }

  private void unmarked(int c, Ints out) {
    if (!Unicode.isMark(c)) {
      cased(c, out);
    }
  }

  private void cased(int c, Ints out) {
    out.add(lowercase ? Unicode.lower(c) : c);
    if (lowercase && c == I_WITH_DOT) {
      out.add(DOT_ABOVE);
    }
  }

  /**
   * Whether it is a character of the blocks of unified and compatible ideographs that BERT sets
   * apart; Hiragana, Katakana and Hangul are not among them.
   */
  static boolean isChinese(int c) {
    if (c < 0x3400) {
      return false;
    }
    return c <= 0x4dbf
        || c >= 0x4e00 && c <= 0x9fff
        || c >= 0xf900 && c <= 0xfaff
        || c >= 0x20000 && c <= 0x2a6df
        || c >= 0x2a700 && c <= 0x2ceaf
        || c >= 0x2f800 && c <= 0x2fa1f;
  }
}
