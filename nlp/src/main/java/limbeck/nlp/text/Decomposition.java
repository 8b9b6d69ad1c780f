package limbeck.nlp.text;

/**
 * Canonical decomposition (NFD) of single code points: letters and their marks apart, Hangul
 * syllables into their letters, by the arithmetic of the Unicode Standard, section 3.12.
 *
 * <p>Marks stay in the order in which they stand: the canonical order of several marks on one
 * letter is of no use to who removes marks, which is all that this is for.
 */
final class Decomposition {
  private static final int SYLLABLES = 0xac00;
  private static final int INITIALS = 0x1100;
  private static final int VOWELS = 0x1161;
  private static final int FINALS = 0x11a7;
  private static final int VOWEL_COUNT = 21;
  private static final int FINAL_COUNT = 28;
  private static final int COUNT = 19 * VOWEL_COUNT * FINAL_COUNT;

  private Decomposition() {}

  static boolean isHangul(int codePoint) {
    return codePoint >= SYLLABLES && codePoint < SYLLABLES + COUNT;
  }

  /** Appends the letters of a Hangul syllable. */
  static void hangul(int codePoint, Ints out) {
    int syllable = codePoint - SYLLABLES;
    int last = syllable % FINAL_COUNT;
    out.add(INITIALS + syllable / (VOWEL_COUNT * FINAL_COUNT));
    out.add(VOWELS + syllable / FINAL_COUNT % VOWEL_COUNT);
    if (last != 0) {
      out.add(FINALS + last);
    }
  }
}
