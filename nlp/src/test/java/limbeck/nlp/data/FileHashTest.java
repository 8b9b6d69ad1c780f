package limbeck.nlp.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import limbeck.engine.io.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHashTest {
  @TempDir Path folder;

  @Test
  void aFileIsReadAgainOnlyWhenItHasChanged() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "one");
    String one = FileHash.of(file);
    assertEquals(Sha256.hex(file), one);
    assertSame(one, FileHash.of(folder.resolve("x/../a.txt")));
    FileTime before = Files.getLastModifiedTime(file);
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, before);
    assertSame(one, FileHash.of(file)); // as long and as old: it is not read
    Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 1_000));
    assertEquals(Sha256.hex(file), FileHash.of(file));
    Files.writeString(file, "three");
    Files.setLastModifiedTime(file, before);
    assertEquals(Sha256.hex(file), FileHash.of(file));
    assertNotEquals(one, FileHash.of(file));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path file = folder.resolve("none");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> FileHash.of(file));
    assertEquals(file + ": there is no such file", e.getMessage());
  }
}
