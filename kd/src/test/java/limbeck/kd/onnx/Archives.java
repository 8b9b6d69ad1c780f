package limbeck.kd.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Archives of test cases, to be read. */
public final class Archives {
  private static final int BLOCK = 512;

  private Archives() {}

  /** Reads one. */
  public static void read(Path file) throws IOException {
    CaseFiles.read(file);
  }

  /** One with a model and a tensor that are none. */
  public static byte[] small() {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.writeBytes(header("case/", 0, '5'));
    tar.writeBytes(file("case/model.onnx", new byte[300]));
    tar.writeBytes(file("case/test_data_set_0/input_0.pb", new byte[513]));
    tar.write(new byte[2 * BLOCK], 0, 2 * BLOCK);
    return tar.toByteArray();
  }

  /** A plain file: header, content, padding. */
  public static byte[] file(String name, byte[] content) {
    int padded = (content.length + BLOCK - 1) / BLOCK * BLOCK;
    byte[] all = Arrays.copyOf(header(name, content.length, '0'), BLOCK + padded);
    System.arraycopy(content, 0, all, BLOCK, content.length);
    return all;
  }

  /** The header of a file of any size. */
  public static byte[] header(String name, long size, char type) {
    byte[] header = new byte[BLOCK];
    put(name, header, 0);
    put(String.format(Locale.ROOT, "%011o", size), header, 124);
    header[156] = (byte) type;
    return header;
  }

  private static void put(String text, byte[] to, int at) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, to, at, bytes.length);
  }
}
