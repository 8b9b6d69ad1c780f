package limbeck.nlp.pretrain;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.nlp.data.TextLines;
import limbeck.nlp.text.SequenceFrame;
import limbeck.nlp.text.Tokenizer;

/**
 * Texts as blocks of tokens on disk, so that a corpus may be larger than memory: every block is a
 * sequence in the tokenizer's frame, of the same number of steps, filled up with padding. Lines
 * follow each other in a block until it is full, across their ends; an empty line, and the end of a
 * file, ends a block, as a new document begins there: the FULL-SENTENCES of Liu et al. 2019,
 * arXiv:1907.11692, section 4.2, within documents.
 *
 * <p>The file: eight letters, the number of steps and of blocks, then two bytes a token.
 */
public final class TokenBlocks implements Closeable {
  private static final long MAGIC = 0x4c424c4f434b5331L; // LBLOCKS1
  private static final int HEADER = 20;
  private static final int MOST_TOKENS = 1 << 16;
  private static final int MOST_STEPS = 1 << 14;
  private static final int LINES = 100; // between two reports of progress

  private final Path file;
  private final FileChannel channel;
  private final int steps;
  private final long size;

  private TokenBlocks(Path file, FileChannel channel, int steps, long size) {
    this.file = file;
    this.channel = channel;
    this.steps = steps;
    this.size = size;
  }

  /** Told how far the cutting of texts is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called now and then.
     *
     * @param source which is read
     * @param share of its file that was read, from 0 to 1
     */
    void read(String source, double share);
  }

  /**
   * Cuts texts and writes their blocks. Nothing stands under the file's name before all is written.
   *
   * @param sources as {@link TextLines} has them
   * @param padding the token that fills up
   * @param steps of a block, frame included
   * @throws IOException if a text cannot be read or the file not be written
   * @throws IllegalArgumentException if the tokenizer has more than 65,536 tokens
   */
  public static void write(
      Path file,
      List<String> sources,
      Tokenizer tokenizer,
      SequenceFrame frame,
      int padding,
      int steps,
      Progress progress)
      throws IOException {
    if (tokenizer.vocab().size() > MOST_TOKENS) {
      throw new IllegalArgumentException(
          "blocks: a vocabulary of "
              + tokenizer.vocab().size()
              + " tokens; at most "
              + MOST_TOKENS
              + " are supported");
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    long blocks;
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
      out.write(new byte[HEADER]);
      BlockFiller filler = new BlockFiller(out, frame, padding, steps);
      for (String source : sources) {
        fill(filler, source, tokenizer, progress);
      }
      blocks = filler.blocks();
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putLong(MAGIC).putInt(steps).putLong(blocks).flip();
    try (FileChannel c = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      c.write(header, 0);
      c.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void fill(
      BlockFiller filler, String source, Tokenizer tokenizer, Progress progress)
      throws IOException {
    try (TextLines lines = TextLines.open(source)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.isBlank()) {
          filler.end();
        } else {
          filler.add(tokenizer.encode(line));
        }
        if (lines.number() % LINES == 0) {
          progress.read(source, lines.share());
        }
      }
    }
    filler.end();
    progress.read(source, 1);
  }

  /**
   * Opens a file of blocks.
   *
   * @throws FormatException if it is none, or is cut short
   * @throws IOException if it cannot be read
   */
  public static TokenBlocks open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      readFully(file, channel, header, 0);
      header.flip();
      long magic = header.getLong();
      int steps = header.getInt();
      long blocks = header.getLong();
      boolean right = magic == MAGIC && steps >= 1 && steps <= MOST_STEPS && blocks >= 0;
      if (!right || blocks > (channel.size() - HEADER) / (2L * steps)) {
        throw new FormatException(file + ": is no file of token blocks, or is damaged; remove it");
      }
      return new TokenBlocks(file, channel, steps, blocks);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void readFully(Path file, FileChannel channel, ByteBuffer to, long at)
      throws IOException {
    long position = at;
    while (to.hasRemaining()) {
      int n = channel.read(to, position);
      if (n < 0) {
        throw new FormatException(file + ": ends at byte " + position + "; it is cut short");
      }
      position += n;
    }
  }

  /** Tokens of a block. */
  public int steps() {
    return steps;
  }

  /** How many blocks there are. */
  public long size() {
    return size;
  }

  /**
   * Reads a block; any thread may.
   *
   * @param to takes {@link #steps} tokens
   * @throws IndexOutOfBoundsException if there is no such block
   * @throws IOException if it cannot be read
   */
  public void read(long block, int[] to, int at) throws IOException {
    if (block < 0 || block >= size) {
      throw new IndexOutOfBoundsException(file + ": no block " + block + " of " + size);
    }
    ByteBuffer bytes = ByteBuffer.allocate(2 * steps);
    readFully(file, channel, bytes, HEADER + 2L * steps * block);
    bytes.flip();
    for (int t = 0; t < steps; t++) {
      to[at + t] = bytes.getShort() & 0xffff;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
