package limbeck.nlp.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import limbeck.engine.io.FormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BytePairTest {
  private static final List<String> TEXTS =
      List.of("low lower lowest", "new newer newest", "wide wider widest", "low new wide low");

  private static BytePair learnt(List<String> texts, int size) {
    BytePairTrainer trainer = new BytePairTrainer();
    texts.forEach(trainer::add);
    return trainer.train(List.of("<pad>"), size, 2);
  }

  /** Merges by hand: of the words' pairs, the most frequent, ties by number. */
  @Test
  void theMostFrequentPairIsJoinedFirst() {
    BytePair tokenizer = learnt(List.of("aab aab aab ab"), 257 + 2);
    assertEquals(
        List.of(new BytePair.Merge("a", "b"), new BytePair.Merge("a", "ab")), tokenizer.merges());
    assertEquals(List.of("aab", "Ġ", "ab"), tokenizer.tokens("aab ab"));
  }

  @Test
  void earlierJoinsGoBeforeLaterOnes() {
    List<String> tokens = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      tokens.add(String.valueOf(ByteLetters.of(b)));
    }
    tokens.addAll(List.of("bc", "ab", "abc"));
    BytePair tokenizer =
        new BytePair(
            Vocab.of(tokens),
            List.of(
                new BytePair.Merge("b", "c"),
                new BytePair.Merge("a", "b"),
                new BytePair.Merge("a", "bc")));
    assertEquals(List.of("abc"), withoutLast(tokenizer));
  }

  private static List<String> withoutLast(BytePair tokenizer) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new BytePair(tokenizer.vocab(), List.of(new BytePair.Merge("a", "zz"))));
    assertTrue(e.getMessage().contains("there is no \"azz\""), e.getMessage());
    return tokenizer.tokens("abc");
  }

  @Test
  void theOrderOfTextsDoesNotMatter() {
    BytePair one = learnt(TEXTS, 300);
    List<String> reversed = new ArrayList<>(TEXTS);
    Collections.reverse(reversed);
    BytePair other = learnt(reversed, 300);
    assertEquals(one.vocab(), other.vocab());
    assertEquals(one.merges(), other.merges());
    assertTrue(one.merges().size() > 10);
  }

  @Test
  void rarePairsAreNotJoined() {
    assertEquals(257, learnt(List.of("abcdefg"), 1000).vocab().size());
  }

  @Property(tries = 300)
  void everyTextComesBack(@ForAll String text) {
    BytePair tokenizer = learnt(TEXTS, 300);
    String mended = text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff) ? null : text;
    if (mended != null) {
      assertEquals(text, tokenizer.decode(tokenizer.encode(text)));
    }
  }

  @Test
  void surrogatesWithoutAPartnerAreReplaced() {
    BytePair tokenizer = learnt(TEXTS, 300);
    assertEquals("a\ufffdb", tokenizer.decode(tokenizer.encode("a\ud800b")));
    assertArrayEquals(new int[0], tokenizer.encode(""));
  }

  @Test
  void mergesAreReadLineByLine() throws Exception {
    assertEquals(
        List.of(new BytePair.Merge("Ġ", "a"), new BytePair.Merge("b", "c")),
        BytePair.merges("merges.txt", List.of("#version: 0.2", "Ġ a", "b c", "")));
    for (String wrong : List.of("ab", "a b c", " a", "a ")) {
      FormatException e =
          assertThrows(FormatException.class, () -> BytePair.merges("m", List.of("a b", wrong)));
      assertTrue(e.getMessage().startsWith("m:2: two tokens"), e.getMessage());
    }
  }
}
