package limbeck.nlp.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tokenizers that Hugging Face's library has trained and written, and what it makes of awkward
 * texts: see {@code bench/checks/tokenizer_reference.py}.
 */
class TokenizerFileTest {
  private static final Path FOLDER = Path.of("src/test/resources/limbeck/nlp/text");

  @TempDir Path folder;

  private static int[] numbers(Map<?, ?> expected, String key) {
    return ((List<?>) expected.get(key)).stream().mapToInt(n -> ((Number) n).intValue()).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"uncased", "cased", "bytes", "prefixed"})
  void textsHaveTheTokensOfTheLibrary(String name) throws IOException {
    TokenizerFile file = TokenizerFile.read(FOLDER.resolve(name), true);
    List<?> all = (List<?>) Json.read(FOLDER.resolve(name + "/expected.json"));
    assertEquals(24, all.size());
    int[] second = file.tokenizer().encode("the student");
    for (Object each : all) {
      Map<?, ?> expected = (Map<?, ?>) each;
      String text = (String) expected.get("text");
      int[] ids = file.tokenizer().encode(text);
      assertArrayEquals(
          numbers(expected, "ids"), ids, () -> text + ": " + file.tokenizer().tokens(text));
      assertArrayEquals(numbers(expected, "framed"), file.frame().of(ids, 500).ids());
      SequenceFrame.Sequence pair = file.frame().of(ids, second, 500);
      assertArrayEquals(numbers(expected, "pair"), pair.ids());
      assertArrayEquals(numbers(expected, "segments"), pair.segments());
    }
  }

  @Test
  void withoutJsonTheVocabularyIsRead() throws IOException {
    String message =
        assertThrows(FormatException.class, () -> TokenizerFile.read(folder, true)).getMessage();
    assertEquals(folder + ": no tokenizer.json and no vocab.txt", message);
    Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\nhi\nHi\n");
    for (boolean lowercase : new boolean[] {true, false}) {
      TokenizerFile file = TokenizerFile.read(folder, lowercase);
      int[] ids = file.frame().of(file.tokenizer().encode("Hi"), 8).ids();
      assertArrayEquals(new int[] {2, lowercase ? 4 : 5, 3}, ids);
    }
    Files.writeString(folder.resolve("vocab.txt"), "a\n");
    message =
        assertThrows(FormatException.class, () -> TokenizerFile.read(folder, true)).getMessage();
    assertTrue(
        message.endsWith("vocab.txt: vocabulary of 1 tokens: there is no \"[UNK]\""), message);
  }

  private void refused(String name, String from, String to, String expected) throws IOException {
    String json = Files.readString(FOLDER.resolve(name + "/tokenizer.json"));
    assertTrue(json.contains(from), from);
    Files.writeString(folder.resolve("tokenizer.json"), json.replace(from, to));
    String message =
        assertThrows(FormatException.class, () -> TokenizerFile.read(folder, true)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  /** A tokenizer that is nearly right would be worse than none. */
  @Test
  void whatIsNotKnownIsRefusedByName() throws IOException {
    refused(
        "uncased",
        "\"type\": \"WordPiece\",\n    \"unk",
        "\"type\": \"Unigram\",\n    \"unk",
        "\"model\": \"Unigram\" cannot be read");
    refused("uncased", "\"BertNormalizer\"", "\"NFKC\"", "\"normalizer\": ");
    refused("uncased", "\"BertPreTokenizer\"", "\"Whitespace\"", "\"pre_tokenizer\": ");
    refused(
        "uncased",
        "\"continuing_subword_prefix\": \"##\"",
        "\"continuing_subword_prefix\": \"@\"",
        "\"model.continuing_subword_prefix\": ");
    refused("bytes", "\"dropout\": null", "\"dropout\": 0.1", "\"model.dropout\": 0.1 ");
    refused(
        "bytes", "\"normalizer\": null", "\"normalizer\": {\"type\": \"NFC\"}", "\"normalizer\"");
  }

  @Test
  void damagedVocabulariesAreRefused() throws IOException {
    refused("uncased", "\"[CLS]\": 2", "\"[CLS]\": 3", "is out of range or another's");
    refused("uncased", "\"[CLS]\": 2", "\"[CLS]\": -2", "is out of range or another's");
    refused("uncased", "\"[CLS]\": 2", "\"[CLS]\": 2.5", "is out of range or another's");
    refused("bytes", "\"!\": 3", "\"!!!\": 3", "there is no \"!\"");
    Files.writeString(folder.resolve("tokenizer.json"), "[]");
    assertThrows(FormatException.class, () -> TokenizerFile.read(folder, true));
  }
}
