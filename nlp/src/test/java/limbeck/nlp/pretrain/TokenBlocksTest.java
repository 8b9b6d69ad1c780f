package limbeck.nlp.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.nlp.text.WordPiece;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenBlocksTest {
  @TempDir Path folder;

  /** All tokens are there, in order, each block in its frame, and none spans two documents. */
  @Test
  void blocksHoldTheTextInItsOrder() throws Exception {
    Path text = Corpora.text(folder, 40);
    WordPiece pieces = Corpora.pieces(text);
    List<Integer> found = new ArrayList<>();
    int ends = 0;
    try (TokenBlocks blocks = Corpora.blocks(folder, text, pieces)) {
      int[] ids = new int[Corpora.STEPS];
      for (long b = 0; b < blocks.size(); b++) {
        blocks.read(b, ids, 0);
        int length = ids.length;
        while (ids[length - 1] == pieces.vocab().require("[PAD]")) {
          length--;
        }
        assertEquals(pieces.vocab().require("[CLS]"), ids[0]);
        assertEquals(pieces.vocab().require("[SEP]"), ids[length - 1]);
        Arrays.stream(ids, 1, length - 1).forEach(found::add);
        ends += length < ids.length ? 1 : 0;
      }
      assertThrows(IndexOutOfBoundsException.class, () -> blocks.read(blocks.size(), ids, 0));
    }
    List<Integer> expected = new ArrayList<>();
    for (String line : Files.readAllLines(text)) {
      Arrays.stream(pieces.encode(line)).forEach(expected::add);
    }
    assertEquals(expected, found);
    assertTrue(ends >= 1 && ends <= 4, ends + " blocks end with a document");
  }

  @Test
  void damagedFilesAreRefused() throws Exception {
    Path text = Corpora.text(folder, 40);
    Corpora.blocks(folder, text, Corpora.pieces(text)).close();
    Path file = folder.resolve("blocks");
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, 19, 20, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(FormatException.class, () -> TokenBlocks.open(file), length + " bytes");
    }
    byte[] other = whole.clone();
    other[8] = (byte) 0x80; // a negative number of steps
    Files.write(file, other);
    assertThrows(FormatException.class, () -> TokenBlocks.open(file));
  }
}
