package limbeck.engine.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.engine.tensor.Tensor;

/**
 * Safetensors files that notice damage, in two generations. Metadata key {@value #KEY} holds a hash
 * of all tensors and the other metadata, checked on loading. Saving {@code student.st} keeps what
 * was there as {@code student.previous.st}, and loading takes that one, and logs so, when the
 * newest is missing or damaged.
 *
 * <p>The hash is the {@link Sha256} of what {@link WeightHash} describes, followed by the number of
 * metadata entries and each one's key and value as texts, in the order of the file. It guards
 * against accidents, not against forgery.
 */
public final class Checkpoints {
  /** The metadata key of the hash. */
  public static final String KEY = "limbeck.sha256";

  private Checkpoints() {}

  /**
   * Saves a checkpoint, complete or not at all, and keeps the one it replaces. A {@value #KEY} in
   * the metadata is replaced.
   *
   * @return the hash
   * @throws IllegalArgumentException as {@link Safetensors#write}
   * @throws IOException if it cannot be written
   */
  public static String save(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    return save(file, tensors, Map.of(), metadata);
  }

  /**
   * Saves a checkpoint in which some tensors have other types. The hash is that of the tensors as
   * they will be read, rounded and widened again.
   *
   * @param types as for {@link Safetensors#write(Path, Map, Map, Map)}
   * @return the hash
   * @throws IllegalArgumentException as that method
   * @throws IOException if it cannot be written
   */
  public static String save(
      Path file,
      Map<String, Tensor> tensors,
      Map<String, StoredType> types,
      Map<String, String> metadata)
      throws IOException {
    Map<String, Tensor> rounded = Narrowing.all(tensors, types);
    Map<String, String> complete = MapOrder.copy(metadata);
    complete.remove(KEY);
    String hash = WeightHash.of(rounded, complete);
    complete.put(KEY, hash);
    SafetensorsWriter writer = new SafetensorsWriter(rounded, types, complete);
    Path real = AtomicFile.followed(file);
    AtomicFile.replace(real, previous(real), writer::write);
    return hash;
  }

  /**
   * Loads a checkpoint and checks its hash; falls back to the previous generation. The metadata is
   * that given to {@link #save}, without the hash.
   *
   * @throws FormatException if the newest is damaged and the previous is missing or damaged too
   * @throws NoSuchFileException if there is neither
   * @throws IOException if a file cannot be read
   */
  public static TensorFile load(Path file) throws IOException {
    Path previous = previous(AtomicFile.followed(file));
    if (Files.exists(file) && !Files.isReadable(file)) {
      throw new AccessDeniedException(file.toString(), null, "not readable");
    }
    try {
      return loadOnly(file);
    } catch (IOException newest) {
      if (!Files.exists(previous)) {
        throw newest;
      }
      return fallBack(previous, newest);
    }
  }

  private static TensorFile fallBack(Path previous, IOException newest) throws IOException {
    try {
      TensorFile content = loadOnly(previous);
      System.Logger log = System.getLogger("limbeck.engine.io"); // late: it costs milliseconds
      log.log(
          System.Logger.Level.WARNING,
          "{0}; continuing with the previous generation {1}",
          newest.getMessage(),
          previous);
      return content;
    } catch (IOException older) {
      newest.addSuppressed(older);
      throw newest;
    }
  }

  /**
   * Loads exactly this file and checks its hash.
   *
   * @throws FormatException if it is damaged or has no hash
   * @throws IOException if it cannot be read
   */
  public static TensorFile loadOnly(Path file) throws IOException {
    TensorFile content = Safetensors.read(file);
    String stored = content.metadata().get(KEY);
    if (stored == null) {
      throw new FormatException(
          "checkpoint: "
              + file
              + ": has no "
              + KEY
              + " in its metadata; it was not saved as a checkpoint, or is damaged");
    }
    TensorFile rest = content.without(KEY);
    String actual = WeightHash.of(rest.tensors(), rest.metadata());
    if (!actual.equals(stored)) {
      throw new FormatException(
          "checkpoint: "
              + file
              + ": is damaged: its content has SHA-256 "
              + actual
              + ", saved was "
              + FormatException.quote(stored));
    }
    return rest;
  }

  /**
   * Tensors of one part of what a checkpoint holds.
   *
   * @param prefix that their names begin with
   * @return them by what follows it, in their order
   */
  public static Map<String, Tensor> part(String prefix, Map<String, Tensor> all) {
    Map<String, Tensor> part = new LinkedHashMap<>();
    all.forEach(
        (name, t) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), t);
          }
        });
    return part;
  }

  /**
   * Where the generation before {@code file} is kept: {@code a/student.st} gives {@code
   * a/student.previous.st}.
   */
  public static Path previous(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    int cut = dot <= 0 ? name.length() : dot;
    return file.resolveSibling(name.substring(0, cut) + ".previous" + name.substring(cut));
  }
}
