package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void createsAndReplaces() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeString(file, "é");
    assertEquals("é", Files.readString(file));
    byte[] large = new byte[300_000];
    large[299_999] = 7;
    AtomicFile.write(
        file,
        out -> {
          out.write(large, 0, 100);
          out.write(large[100]);
          out.write(large, 101, large.length - 101);
          out.close();
        });
    assertArrayEquals(large, Files.readAllBytes(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aWriterThatFailsLeavesEverythingAsItWas() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeString(file, "old");
    for (Throwable failure :
        List.of(new IOException("x"), new IllegalStateException("y"), new StackOverflowError())) {
      Throwable thrown =
          assertThrows(
              failure.getClass(),
              () ->
                  AtomicFile.write(
                      file,
                      out -> {
                        out.write(new byte[200_000]);
                        assertEquals(2, names().size());
                        assertTrue(names().get(0).startsWith(".a.txt.tmp-"), names().get(0));
                        fail(failure);
                      }));
      assertSame(failure, thrown);
      assertEquals("old", Files.readString(file));
      assertEquals(List.of("a.txt"), names());
    }
  }

  private static void fail(Throwable failure) throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    } else if (failure instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) failure;
  }

  @Test
  void theTargetIsWholeAtEveryMoment() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeString(file, "old");
    AtomicFile.write(
        file,
        out -> {
          for (int i = 0; i < 3; i++) {
            out.write(new byte[100_000]);
            out.flush();
            assertEquals("old", Files.readString(file));
          }
        });
    assertEquals(300_000, Files.size(file));
  }

  @Test
  void interruptsNeitherBreakTheWritingNorGetLost() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(
        file,
        out -> {
          out.write(new byte[100_000]);
          Thread.currentThread().interrupt();
          out.write(new byte[100_000]);
        });
    assertTrue(Thread.interrupted());
    assertEquals(200_000, Files.size(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void leftoversOfKilledProcessesAreNotUsed() throws IOException {
    Path file = folder.resolve("a.txt");
    String left = ".a.txt.tmp-" + ProcessHandle.current().pid() + "-0";
    Files.writeString(folder.resolve(left), "left");
    AtomicFile.writeString(file, "new");
    assertEquals("new", Files.readString(file));
    assertEquals("left", Files.readString(folder.resolve(left)));
    assertEquals(List.of(left, "a.txt"), names());
  }

  @Test
  void manyThreadsMayWriteOneFile() throws Exception {
    Path file = folder.resolve("a.txt");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String text = String.valueOf(i).repeat(100_000);
        Callable<Void> save =
            () -> {
              for (int turn = 0; turn < 5; turn++) {
                AtomicFile.writeString(file, text);
              }
              return null;
            };
        all.add(threads.submit(save));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    String text = Files.readString(file);
    assertEquals(text.substring(0, 1).repeat(100_000), text);
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void longNamesWork() throws IOException {
    Path file = folder.resolve("a" + "😀".repeat(60));
    AtomicFile.writeString(file, "x");
    assertEquals(List.of(file.getFileName().toString()), names());
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeString(file, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a.txt"));
    AtomicFile.writeString(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
  }

  @Test
  void saysWhatIsWrongWithThePlace() throws IOException {
    AtomicFile.Writer never =
        out -> {
          throw new AssertionError("the writer ran");
        };
    Path nowhere = folder.resolve("no/a.txt");
    var missing = assertThrows(IOException.class, () -> AtomicFile.write(nowhere, never));
    assertEquals(
        "cannot write "
            + nowhere
            + ": there is no folder "
            + folder.resolve("no")
            + "; create it first",
        missing.getMessage());
    var is = assertThrows(IOException.class, () -> AtomicFile.write(folder, never));
    assertEquals("cannot write " + folder + ": it is a folder", is.getMessage());
    assertThrows(IOException.class, () -> AtomicFile.write(Path.of("/"), never));
    Path zip = folder.resolve("z.zip");
    try (var other = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      var e = assertThrows(IOException.class, () -> AtomicFile.write(other.getPath("/a"), never));
      assertTrue(e.getMessage().endsWith("not on the default file system"), e.getMessage());
    }
  }

  @Test
  void aTargetThatCannotBeReplacedIsReportedAndNothingIsLeft() throws IOException {
    Path file = folder.resolve("a.txt");
    var e =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(1);
                      Files.createDirectories(file.resolve("meanwhile"));
                    }));
    assertTrue(e.getMessage().startsWith("cannot write " + file + ": "), e.getMessage());
    assertEquals(List.of("a.txt"), names());
  }
}
