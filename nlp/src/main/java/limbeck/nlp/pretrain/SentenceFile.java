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
import java.util.stream.IntStream;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;
import limbeck.nlp.data.TextLines;
import limbeck.nlp.text.Tokenizer;

/**
 * Sentences as numbers of words on disk, so that a corpus may be larger than memory; where each
 * stands is kept in memory. A line is a sentence; one that is too long becomes several; empty ones
 * are left out.
 *
 * <p>The file: eight letters, the number of sentences and of words, four bytes a word, then two
 * bytes for the length of each sentence.
 */
final class SentenceFile implements Closeable {
  private static final long MAGIC = 0x4c42534e544e4331L; // LBSNTNC1
  private static final int HEADER = 24;

  /** What is kept of a sentence: where it stands, how long it is, and that as it is read. */
  private static final long SENTENCE_BYTES = 16;

  /** The most words that a sentence may have. */
  static final int LONGEST = 1 << 14;

  private final Path file;
  private final FileChannel channel;
  private final int[] lengths;
  private final long[] starts;

  private SentenceFile(Path file, FileChannel channel, int[] lengths) {
    this.file = file;
    this.channel = channel;
    this.lengths = lengths;
    starts = new long[lengths.length];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + lengths[i - 1];
    }
  }

  /**
   * Cuts texts and writes their sentences. Nothing stands under the file's name before all is
   * written.
   *
   * @param longest words of a sentence, 1 to {@link #LONGEST}
   */
  static void write(Path file, List<String> sources, Tokenizer tokenizer, int longest)
      throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    IntStream.Builder lengths = IntStream.builder();
    long words = 0;
    int sentences = 0;
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
      out.write(new byte[HEADER]);
      for (String source : sources) {
        try (TextLines lines = TextLines.open(source)) {
          for (String line = lines.next(); line != null; line = lines.next()) {
            int[] ids = tokenizer.encode(line);
            for (int at = 0; at < ids.length; at += longest) {
              int n = Math.min(longest, ids.length - at);
              for (int i = at; i < at + n; i++) {
                out.writeInt(ids[i]);
              }
              lengths.add(n);
              words += n;
              sentences = Math.incrementExact(sentences);
            }
          }
        }
      }
      for (int length : lengths.build().toArray()) {
        out.writeShort(length);
      }
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putLong(MAGIC).putLong(sentences).putLong(words).flip();
    try (FileChannel c = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      c.write(header, 0);
      c.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Opens a file of sentences.
   *
   * @throws FormatException if it is none, or is cut short
   * @throws IOException if it cannot be read
   */
  static SentenceFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      ByteBuffer header = read(file, channel, 0, HEADER);
      long magic = header.getLong();
      long sentences = header.getLong();
      long words = header.getLong();
      long rest = channel.size() - HEADER;
      boolean right = magic == MAGIC && sentences >= 0 && words >= sentences && words <= rest / 4;
      if (!right || sentences != (rest - 4 * words) / 2 || sentences > Integer.MAX_VALUE / 2 - 8) {
        throw damaged(file);
      }
      new HeapBudget(file.toString()).take(SENTENCE_BYTES * sentences);
      ByteBuffer tail = read(file, channel, HEADER + 4 * words, (int) (2 * sentences));
      int[] lengths = new int[(int) sentences];
      long sum = 0;
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = tail.getShort();
        sum += lengths[i] < 1 ? words + 1 : lengths[i];
      }
      if (sum != words) {
        throw damaged(file);
      }
      return new SentenceFile(file, channel, lengths);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FormatException damaged(Path file) {
    return new FormatException(file + ": is no file of sentences, or is damaged; remove it");
  }

  private static ByteBuffer read(Path file, FileChannel channel, long at, int size)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new FormatException(
            file + ": ends at byte " + (at + bytes.position()) + "; it is cut short");
      }
    }
    return bytes.flip();
  }

  /** How many sentences there are. */
  int size() {
    return lengths.length;
  }

  /** Words of all sentences. */
  long words() {
    return size() == 0 ? 0 : starts[size() - 1] + lengths[size() - 1];
  }

  /** Words of a sentence, from 1. */
  int length(int sentence) {
    return lengths[sentence];
  }

  /** The words of a sentence. */
  int[] read(int sentence) throws IOException {
    int[] words = new int[lengths[sentence]];
    read(file, channel, HEADER + 4 * starts[sentence], 4 * words.length).asIntBuffer().get(words);
    return words;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
