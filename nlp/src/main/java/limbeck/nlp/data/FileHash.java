package limbeck.nlp.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import limbeck.engine.io.Sha256;

/**
 * Hashes of files that recipes name. What a network is a function of is asked for many times in a
 * run; a file is read anew only if its size or its time of change is another than it was.
 */
public final class FileHash {
  private static final Map<Path, Known> ALL = new ConcurrentHashMap<>();

  private FileHash() {}

  private record Known(long size, FileTime changed, String hash) {}

  /**
   * SHA-256 of a file's content, 64 lower-case hexadecimal digits.
   *
   * @throws IllegalArgumentException if it cannot be read, naming it
   */
  public static String of(Path file) {
    try {
      Path path = file.toAbsolutePath().normalize();
      // asked before it is read: what changes while it is read is another file the next time
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      Known known = ALL.get(path);
      if (known == null
          || known.size() != now.size()
          || !known.changed().equals(now.lastModifiedTime())) {
        known = new Known(now.size(), now.lastModifiedTime(), Sha256.hex(path));
        ALL.put(path, known);
      }
      return known.hash();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
