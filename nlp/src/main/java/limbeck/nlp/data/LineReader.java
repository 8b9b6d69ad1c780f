package limbeck.nlp.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import limbeck.engine.io.FormatException;
import limbeck.kd.data.MaybeGzip;

/**
 * The lines of a UTF-8 file, gzipped or not, one after the other. Lines end with a line feed, or
 * with carriage return and line feed; a byte order mark at the beginning is passed over.
 */
public final class LineReader implements Closeable {
  /** The most bytes a line may have: 16 MiB, with little heap a thirty-second part of it. */
  public static final int LONGEST = (int) Math.min(1 << 24, Runtime.getRuntime().maxMemory() / 32);

  private static final char MARK = '\ufeff';

  private final Path file;
  private final FileChannel channel; // of the file as it is, gzipped or not
  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private byte[] line = new byte[256];
  private int length;
  private int number;

  /**
   * Opens a file.
   *
   * @throws FormatException if it is a folder
   * @throws IOException if it cannot be read
   */
  public LineReader(Path file) throws IOException {
    MaybeGzip.requireFile(file);
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.in = MaybeGzip.of(Channels.newInputStream(channel), file, channel.size());
  }

  /**
   * The next line, without its end; null behind the last one.
   *
   * @throws FormatException if it is not UTF-8, or longer than {@link #LONGEST}; names the line
   * @throws IOException if it cannot be read, as where a gzipped file is cut off
   */
  public String next() throws IOException {
    length = 0;
    boolean any = false;
    for (int b = read(); b >= 0; b = read()) {
      any = true;
      if (b == '\n') {
        break;
      }
      append((byte) b);
    }
    if (!any) {
      return null;
    }
    number++;
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    String text = decode();
    return number == 1 && !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
  }

  private int read() throws IOException {
    if (at == end) {
      end = in.read(buffer, 0, buffer.length);
      at = 0;
      if (end <= 0) {
        end = 0;
        return -1;
      }
    }
    return buffer[at++] & 0xff;
  }

  private void append(byte b) throws FormatException {
    if (length == LONGEST) {
      throw new FormatException(
          file + ":" + (number + 1) + ": a line of more than " + LONGEST + " bytes");
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, 2 * length);
    }
    line[length++] = b;
  }

  private String decode() throws FormatException {
    try {
      return decoder.decode(ByteBuffer.wrap(line, 0, length)).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException(file + ":" + number + ": not UTF-8; convert the file", e);
    }
  }

  /** The number of the line that was read last, from 1. */
  public int number() {
    return number;
  }

  /**
   * How much of the file was read, from 0 to 1: some more than the lines that were taken.
   *
   * @throws IOException if the file does not say
   */
  public double share() throws IOException {
    long size = channel.size();
    return size == 0 ? 1 : Math.min(1, (double) channel.position() / size);
  }

  /** The file. */
  public Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
