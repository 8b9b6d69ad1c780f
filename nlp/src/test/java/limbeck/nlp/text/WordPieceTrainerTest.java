package limbeck.nlp.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordPieceTrainerTest {
  private static Vocab vocab(int size, long least, String... texts) {
    WordPieceTrainer trainer = new WordPieceTrainer(BertNormalizer.UNCASED);
    for (String text : texts) {
      trainer.add(text);
    }
    return trainer.train(size, least);
  }

  /** Pairs of "hug" ×2, "hugs", "bug" ×2: ##u ##g 5, h ##u 3, b ##u 2, ##g ##s 1. */
  @Test
  void specialTokensThenCharactersThenPiecesByFrequency() {
    Vocab vocab = vocab(16, 1, "hug Hug hugs, bug bug");
    assertEquals(
        List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"), vocab.tokens().subList(0, 5));
    assertEquals(
        List.of("##g", "##s", "##u", ",", "b", "h", "##ug", "hug", "bug", "hugs"),
        vocab.tokens().subList(5, vocab.size()));
  }

  @Test
  void rarePairsMakeNoPiece() {
    Vocab vocab = vocab(1000, 3, "hug hug hug bug bug");
    assertTrue(vocab.id("hug") >= 0);
    assertEquals(-1, vocab.id("bug"));
  }

  @Test
  void theOrderOfTextsDoesNotMatter() {
    String a = "a rose is a rose is a rose";
    String b = "roses arise as noses do";
    assertEquals(vocab(60, 1, a, b), vocab(60, 1, b, a));
  }

  @Test
  void whatWasLearntIsUnderstood() {
    String text = "the quick brown fox jumps over the lazy dog; the dog jumps";
    WordPiece tokenizer = new WordPiece(vocab(80, 1, text), BertNormalizer.UNCASED);
    assertFalse(tokenizer.tokens("the dog jumps over the brown fox").contains("[UNK]"));
    assertEquals("the dog jumps", tokenizer.decode(tokenizer.encode("The dog JUMPS")));
    assertEquals(List.of("[UNK]"), tokenizer.tokens("日"));
  }

  @Test
  void charactersBeyondTheRoomAreTheRareOnes() {
    Vocab vocab = vocab(7, 1, "aaa aaa b");
    assertEquals(List.of("##a", "a"), vocab.tokens().subList(5, 7));
  }

  @Test
  void aVocabularyNeedsRoomAndWords() {
    assertThrows(IllegalArgumentException.class, () -> vocab(5, 1, "a"));
    assertThrows(IllegalArgumentException.class, () -> vocab(100, 1, " "));
  }
}
