package limbeck.engine.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A reader that is given damaged files.
 *
 * @param name in reports
 * @param form what its files are made of, which says how they are damaged
 * @param seeds valid files, small
 * @param reading reads one
 * @param refusals what it may throw beside {@link limbeck.engine.io.FormatException}
 */
public record HostileReader(
    String name,
    Form form,
    List<byte[]> seeds,
    Reading reading,
    Set<Class<? extends Throwable>> refusals) {

  /** What files are made of. */
  public enum Form {
    /** Numbers at fixed places. */
    BYTES,
    /** Characters. */
    TEXT,
    /** Messages of protobuf. */
    PROTO
  }

  /** Reads the bytes of a file. */
  @FunctionalInterface
  public interface Reading {
    /** Reads them, or throws. */
    void read(byte[] bytes) throws IOException;
  }

  /** Reads a file. */
  @FunctionalInterface
  public interface FileReading {
    /** Reads it, or throws. */
    void read(Path file) throws IOException;
  }

  /** A reader that refuses what is wrong in the usual way. */
  public HostileReader(String name, Form form, List<byte[]> seeds, Reading reading) {
    this(name, form, seeds, reading, Set.of());
  }

  /** A reader of files, all of which are written to this one. */
  public static HostileReader ofFile(
      String name, Form form, List<byte[]> seeds, Path file, FileReading reading) {
    return new HostileReader(
        name,
        form,
        seeds,
        bytes -> {
          Files.write(file, bytes);
          reading.read(file);
        });
  }

  /** This reader, which may throw something else as well. */
  public HostileReader refusing(Class<? extends Throwable> other) {
    return new HostileReader(name, form, seeds, reading, Set.of(other));
  }
}
