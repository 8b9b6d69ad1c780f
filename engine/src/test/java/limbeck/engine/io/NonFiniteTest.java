package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done about NaN and infinities in a file. */
class NonFiniteTest {
  private final Logger logger = Logger.getLogger("limbeck.engine.io");
  private final List<String> logged = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          assertEquals(Level.WARNING, line.getLevel());
          logged.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @TempDir Path folder;
  private Path file;
  private String found;

  @BeforeEach
  void write() throws Exception {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    file = folder.resolve("{0}w's.st"); // a name that formats of messages would change
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("ids", Tensor.of(Shape.of(1), Integer.MIN_VALUE));
    tensors.put("good", Tensor.of(Shape.of(2), Float.MAX_VALUE, -Float.MIN_VALUE));
    tensors.put("w", Tensor.of(Shape.of(2, 2), 1f, 2f, Float.NEGATIVE_INFINITY, Float.NaN));
    tensors.put("v", Tensor.of(Shape.of(1), Double.NaN));
    Safetensors.write(file, tensors, Map.of());
    found = "safetensors: " + file + ": tensor \"w\" has -Infinity at element 2 of [2, 2]";
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  @Test
  void rejected() {
    var e = assertThrows(FormatException.class, () -> Safetensors.read(file, NonFinite.REJECT));
    assertEquals(found, e.getMessage());
    assertEquals(List.of(), logged);
  }

  @Test
  void loggedOnce() throws Exception {
    TensorFile read = Safetensors.read(file, NonFinite.WARN);
    assertEquals(Float.NaN, read.tensor("w").get(3));
    assertEquals(List.of(found), logged);
  }

  @Test
  void allowed() throws Exception {
    assertEquals(4, Safetensors.read(file, NonFinite.ALLOW).names().size());
    assertEquals(4, Safetensors.read(file).names().size());
    assertEquals(List.of(), logged);
  }

  /** Of doubles too, and of types that are widened: all that F16 calls infinite or NaN. */
  @Test
  void inEveryFloatingType() throws Exception {
    Safetensors.write(file, Map.of("v", Tensor.of(Shape.of(2), 1.0, Double.NaN)), Map.of());
    assertThrows(FormatException.class, () -> Safetensors.read(file).requireFinite());
    byte[] half =
        StFile.of("{" + StFile.tensor("h", "F16", "2", 0, 4) + "}", 0xff, 0x7b, 0x00, 0x7c);
    TensorFile read = Safetensors.parse(half, "x.st");
    var e = assertThrows(FormatException.class, read::requireFinite);
    assertEquals(
        "safetensors: x.st: tensor \"h\" has Infinity at element 1 of [2]", e.getMessage());
  }

  @Test
  void whatIsFiniteIsTheSameFile() throws Exception {
    Safetensors.write(file, Map.of("w", Tensor.of(Shape.of(1), 1f)), Map.of());
    TensorFile read = Safetensors.read(file);
    assertSame(read, read.check(NonFinite.REJECT));
    assertSame(read, read.check(NonFinite.WARN));
    assertEquals(List.of(), logged);
  }
}
