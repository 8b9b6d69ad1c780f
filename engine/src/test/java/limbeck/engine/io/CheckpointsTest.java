package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir Path folder;
  private Path file;
  private Path previous;

  @BeforeEach
  void names() {
    file = folder.resolve("student.st");
    previous = folder.resolve("student.previous.st");
  }

  private static Map<String, Tensor> weights(float value) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("w", Tensor.of(Shape.of(2), value, 1f));
    tensors.put("step", Tensor.of(Shape.SCALAR, 3));
    return tensors;
  }

  @Test
  void roundTrip() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("recipe", "{\"epochs\": 3}");
    metadata.put("a", "b");
    String hash = Checkpoints.save(file, weights(5), metadata);
    TensorFile read = Checkpoints.load(file);
    assertEquals(metadata, read.metadata());
    assertEquals(List.of("w", "step"), read.names());
    assertEquals(5, read.tensor("w").get(0));
    assertEquals(hash, Safetensors.read(file).metadata().get(Checkpoints.KEY));
    assertEquals(hash, Checkpoints.save(file, read.tensors(), Safetensors.read(file).metadata()));
    Checkpoints.save(file, weights(5), Map.of());
    assertTrue(Checkpoints.load(file).metadata().isEmpty());
  }

  @Test
  void twoGenerationsAreKept() throws IOException {
    for (int i = 0; i < 4; i++) {
      Checkpoints.save(file, weights(i), Map.of());
      assertEquals(i, Checkpoints.load(file).tensor("w").get(0));
      assertEquals(i > 0, Files.exists(previous));
    }
    assertEquals(2, Checkpoints.loadOnly(previous).tensor("w").get(0));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    Checkpoints.save(file, weights(5), Map.of("epoch", "3", "note", "x y"));
    byte[] bytes = Files.readAllBytes(file);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bytes);
      int at = bit;
      var e = assertThrows(FormatException.class, () -> Checkpoints.load(file), () -> "bit " + at);
      assertTrue(
          e.getMessage().matches("(safetensors|checkpoint): .*student.st: [^\\p{Cntrl}]+"),
          e.getMessage());
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    Checkpoints.save(file, weights(5), Map.of());
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThrows(FormatException.class, () -> Checkpoints.load(file));
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    assertThrows(FormatException.class, () -> Checkpoints.load(file));
  }

  @Test
  void damageFallsBackToThePreviousGeneration() throws IOException {
    Checkpoints.save(file, weights(1), Map.of());
    Checkpoints.save(file, weights(2), Map.of());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertEquals(1, Checkpoints.load(file).tensor("w").get(0));
    var e = assertThrows(FormatException.class, () -> Checkpoints.loadOnly(file));
    assertTrue(
        e.getMessage().contains("student.st: is damaged: its content has SHA-256 "),
        e.getMessage());

    Files.delete(file);
    assertEquals(1, Checkpoints.load(file).tensor("w").get(0));

    Files.write(file, bytes);
    Files.write(previous, bytes);
    var both = assertThrows(FormatException.class, () -> Checkpoints.load(file));
    assertEquals(e.getMessage(), both.getMessage());
    assertEquals(1, both.getSuppressed().length);
  }

  @Test
  void saysWhenThereIsNone() throws IOException {
    assertThrows(NoSuchFileException.class, () -> Checkpoints.load(file));
    Safetensors.write(file, weights(1), Map.of());
    var e = assertThrows(FormatException.class, () -> Checkpoints.load(file));
    assertEquals(
        "checkpoint: "
            + file
            + ": has no limbeck.sha256 in its metadata; it was not saved as a"
            + " checkpoint, or is damaged",
        e.getMessage());
  }

  @Test
  void theNewestSurvivesAFailedSave() throws IOException {
    Checkpoints.save(file, weights(1), Map.of());
    Files.createDirectories(previous.resolve("in the way"));
    assertThrows(IOException.class, () -> Checkpoints.save(file, weights(2), Map.of()));
    assertEquals(1, Checkpoints.load(file).tensor("w").get(0));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  /** As a process leaves it that is killed after keeping the old and before renaming the new. */
  @Test
  void bothNamesMayBeOneFile() throws IOException {
    Checkpoints.save(file, weights(1), Map.of());
    Files.createLink(previous, file);
    Checkpoints.save(file, weights(2), Map.of());
    assertEquals(2, Checkpoints.loadOnly(file).tensor("w").get(0));
    assertEquals(1, Checkpoints.loadOnly(previous).tensor("w").get(0));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("best.st"), file.getFileName());
    Checkpoints.save(file, weights(1), Map.of());
    Checkpoints.save(link, weights(2), Map.of());
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(2, Checkpoints.loadOnly(file).tensor("w").get(0));
    assertEquals(1, Checkpoints.loadOnly(previous).tensor("w").get(0));
    Files.write(file, new byte[3]);
    assertEquals(1, Checkpoints.load(link).tensor("w").get(0));
  }

  @Test
  void previousNames() {
    assertEquals(Path.of("a/b.previous.st"), Checkpoints.previous(Path.of("a/b.st")));
    assertEquals(
        Path.of("a.b.previous.safetensors"), Checkpoints.previous(Path.of("a.b.safetensors")));
    assertEquals(Path.of("model.previous"), Checkpoints.previous(Path.of("model")));
    assertEquals(Path.of(".hidden.previous"), Checkpoints.previous(Path.of(".hidden")));
  }

  /** Kills processes that save without pause; whenever that is, a whole checkpoint is there. */
  @Test
  void aKilledProcessLeavesAWholeCheckpoint() throws Exception {
    Checkpoints.save(file, weights(-1), Map.of());
    for (int kill = 0; kill < 3; kill++) {
      Process saver =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Saver.class.getName(),
                  file.toString())
              .start();
      assertEquals('.', saver.getInputStream().read());
      Thread.sleep(37L * kill);
      saver.destroyForcibly();
      assertTrue(saver.waitFor(1, TimeUnit.MINUTES));
      TensorFile read = Checkpoints.load(file);
      assertEquals(read.metadata().get("turn"), (int) read.tensor("w").get(0) + "");
      assertFalse(read.tensor("w").get(0) < 1);
    }
  }

  /** Saves checkpoints for ever, and prints a dot once two are there. */
  static final class Saver {
    private Saver() {}

    public static void main(String[] args) throws IOException {
      Tensor w = Tensor.zeros(DType.F32, Shape.of(300_000));
      for (int turn = 1; ; turn++) {
        w.fill(turn);
        Checkpoints.save(Path.of(args[0]), Map.of("w", w), Map.of("turn", turn + ""));
        if (turn == 2) {
          System.out.print('.');
          System.out.flush();
        }
      }
    }
  }
}
