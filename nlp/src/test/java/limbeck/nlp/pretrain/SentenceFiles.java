package limbeck.nlp.pretrain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Files of sentences and of blocks, to be read. */
public final class SentenceFiles {
  private SentenceFiles() {}

  /** Reads all sentences of a file. */
  public static void read(Path file) throws IOException {
    try (SentenceFile sentences = SentenceFile.open(file)) {
      for (int i = 0; i < sentences.size(); i++) {
        sentences.read(i);
      }
    }
  }

  /** Two sentences of two words and of one. */
  public static byte[] small() {
    ByteBuffer file = ByteBuffer.allocate(24 + 3 * 4 + 2 * 2);
    file.putLong(0x4c42534e544e4331L).putLong(2).putLong(3);
    file.putInt(5).putInt(6).putInt(7).putShort((short) 2).putShort((short) 1);
    return file.array();
  }

  /** Reads all blocks of a file. */
  public static void readBlocks(Path file) throws IOException {
    try (TokenBlocks blocks = TokenBlocks.open(file)) {
      int[] tokens = new int[blocks.steps()];
      for (long i = 0; i < Math.min(1000, blocks.size()); i++) {
        blocks.read(i, tokens, 0);
      }
    }
  }
}
