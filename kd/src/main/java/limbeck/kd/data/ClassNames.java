package limbeck.kd.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import limbeck.engine.io.FormatException;

/** The names of classes: a text file in UTF-8, a name a line, in label order. */
final class ClassNames {
  private static final int MAX_FILE = 1 << 20;

  private ClassNames() {}

  /**
   * The names in a file.
   *
   * @throws FormatException if it is no text, too long, has no line or an empty one
   */
  static List<String> read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE) {
      throw new FormatException(
          file
              + " has "
              + Files.size(file)
              + " bytes; a list of class names has at most "
              + MAX_FILE);
    }
    List<String> names;
    try {
      names = Files.readAllLines(file, StandardCharsets.UTF_8).stream().map(String::strip).toList();
    } catch (CharacterCodingException e) {
      throw new FormatException(file + " is no text in UTF-8; a class name a line is expected", e);
    }
    if (names.isEmpty() || names.contains("")) {
      throw new FormatException(
          file
              + (names.isEmpty() ? " is empty" : " has an empty line")
              + "; a class name a line is"
              + " expected");
    }
    return names;
  }

  /** The numbers from 0 on, where classes have no names. */
  static List<String> numbers(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }
}
