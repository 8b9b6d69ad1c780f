package limbeck.nlp.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordPieceTest {
  private static final WordPiece SMALL =
      new WordPiece(
          Vocab.of(
              List.of(
                  "[PAD]", "[UNK]", "un", "##aff", "##able", "##a", "##b", "a", "affable", "é", "e",
                  "!", "日", "##日", "over", "##ly", "##l")),
          BertNormalizer.UNCASED);

  @Test
  void wordsAreCutIntoTheLongestPiecesFromTheirBeginning() {
    assertEquals(List.of("un", "##aff", "##able"), SMALL.tokens("unaffable"));
    assertEquals(List.of("affable", "##b"), SMALL.tokens("affableb"));
    assertEquals(List.of("over", "##ly"), SMALL.tokens("Overly"));
  }

  @Test
  void aWordThatCannotBeCutToItsEndIsUnknownAsAWhole() {
    assertEquals(List.of("[UNK]", "a"), SMALL.tokens("unaffablex a"));
    assertEquals(List.of("[UNK]"), SMALL.tokens("b")); // only ##b is there
  }

  @Test
  void accentsAndCaseGoAndMarksOfPunctuationStandAlone() {
    assertEquals(List.of("e", "!", "!", "a"), SMALL.tokens(" \u00c9!!a\n"));
    assertEquals(List.of("日", "日"), SMALL.tokens("日日"));
  }

  @Test
  void aVeryLongWordIsUnknown() {
    String longest = "a".repeat(WordPiece.LONGEST_WORD);
    assertEquals(100, SMALL.encode(longest).length);
    assertArrayEquals(new int[] {1}, SMALL.encode(longest + "a"));
  }

  @Test
  void nothingGivesNoToken() {
    for (String nothing :
        List.of("", " ", "\u0000\u0007\ufffd", "\n\t\u3000", "\ud800", "\u0301")) {
      assertEquals(
          0, SMALL.encode(nothing).length, () -> nothing.codePoints().boxed().toList().toString());
    }
  }

  @Test
  void piecesAreJoinedAgain() {
    assertEquals("unaffable a [UNK]", SMALL.decode(SMALL.encode("UNaffable  a x")));
    assertEquals("", SMALL.decode(new int[0]));
  }

  @Test
  void aVocabularyWithoutTheUnknownTokenIsRefused() {
    Vocab vocab = Vocab.of(List.of("a"));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> new WordPiece(vocab, BertNormalizer.CASED))
            .getMessage();
    assertEquals("vocabulary of 1 tokens: there is no \"[UNK]\"", message);
  }

  /** Joiners without width are removed or not; implementations differ. */
  @ParameterizedTest
  @CsvSource({"CONTROL, a\u200db, 3", "FORMAT, ab, 2", "PRIVATE, ab, 2"})
  void controlCharactersAreThoseOfTheSetting(
      BertNormalizer.Controls controls, String expected, int length) {
    String normal = BertNormalizer.UNCASED.with(controls).normalize("A\u200db\u0007");
    assertEquals(expected, normal);
    assertEquals(length, normal.length());
  }

  /** Expected tokens of the uncased vocabulary; data of Tribuo's tests. */
  @ParameterizedTest
  @CsvSource({"regression.tokens.tsv.gz, 9909", "regression.tokens-hard.tsv.gz, 91"})
  void publishedTextsHaveTheirPublishedTokens(String file, int lines) throws IOException {
    String data = System.getenv("LIMBECK_DATA");
    assumeTrue(data != null, "skipped: LIMBECK_DATA names no folder with wordpiece");
    Path folder = Path.of(data, "wordpiece");
    assumeTrue(Files.exists(folder.resolve(file)), "skipped: no " + folder.resolve(file));
    WordPiece tokenizer =
        WordPiece.read(folder.resolve("bert-base-uncased-vocab.txt"), BertNormalizer.UNCASED);
    List<String> wrong = new ArrayList<>();
    List<String> all = lines(folder.resolve(file));
    for (String line : all) {
      List<String> fields = Arrays.asList(line.split("\t"));
      List<String> tokens = tokenizer.tokens(fields.get(0));
      if (!tokens.equals(fields.subList(1, fields.size()))) {
        wrong.add(fields.get(0) + ": " + tokens);
      }
    }
    assertEquals(lines, all.size());
    assertTrue(wrong.isEmpty(), wrong::toString);
  }

  /** Lines end with a line feed only. */
  private static List<String> lines(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      char[] buffer = new char[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        text.append(buffer, 0, n);
      }
    }
    return Arrays.asList(text.toString().split("\n"));
  }
}
