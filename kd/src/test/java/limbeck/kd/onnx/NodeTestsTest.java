package limbeck.kd.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.onnx.OnnxExport;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Scale;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases of models with inputs and outputs, from folders and archives. */
class NodeTestsTest {
  /** The suite is also a folder of ONNX's repository, by this name. */
  private static final String SUITE = "onnx-node/node-tests-shared.tar.gz";

  @TempDir Path folder;

  private static byte[] relu() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(3));
    b.step(new Relu(), 0);
    return OnnxExport.bytes(b.build(), List.of("y"), Map.of());
  }

  /** A TensorProto [1, n] of floats. */
  private static byte[] tensor(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 8).put((byte) 1).put((byte) 8).put((byte) values.length);
    bytes.put((byte) 16).put((byte) 1).put((byte) 0x4a).put((byte) (4 * values.length));
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  private static Map<String, byte[]> files(float... expected) {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("node/test_relu/model.onnx", relu());
    files.put("node/test_relu/test_data_set_0/input_0.pb", tensor(-1, 0, 2));
    files.put("node/test_relu/test_data_set_0/output_0.pb", tensor(expected));
    return files;
  }

  private Path written(Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return folder.resolve("node");
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      byte[] header = new byte[512];
      byte[] name = file.getKey().getBytes(StandardCharsets.UTF_8);
      System.arraycopy(name, 0, header, 0, name.length);
      String size = String.format(Locale.ROOT, "%011o", file.getValue().length);
      System.arraycopy(size.getBytes(StandardCharsets.US_ASCII), 0, header, 124, 11);
      header[156] = '0';
      out.write(header);
      out.write(file.getValue());
      out.write(new byte[-file.getValue().length & 511]);
    }
    out.write(new byte[1024]);
    return out.toByteArray();
  }

  private static List<NodeResult> run(Path place) throws IOException {
    return NodeTests.run(List.of(place), NodeTests.SUITE, r -> {});
  }

  @Test
  void aFolder() throws IOException {
    NodeResult passed = new NodeResult("test_relu", NodeResult.Kind.PASSED, "");
    assertEquals(List.of(passed), run(written(files(0, 0, 2))));
  }

  @Test
  void wrongNumbersFail() throws IOException {
    NodeResult failed = run(written(files(0, 0.5f, 2))).get(0);
    assertEquals(NodeResult.Kind.FAILED, failed.kind());
    assertEquals("test_data_set_0/ output y: element 1 is 0.0, expected 0.5", failed.reason());
    NodeResult shape = run(written(files(0, 0, 2, 3))).get(0);
    assertEquals("test_data_set_0/ output y: shape [1, 3], expected [1, 4]", shape.reason());
  }

  @Test
  void damagedModelsAreUnsupported() throws IOException {
    Map<String, byte[]> files = files(0, 0, 2);
    files.put("node/test_relu/model.onnx", new byte[] {1, 2, 3});
    assertEquals(NodeResult.Kind.UNSUPPORTED, run(written(files)).get(0).kind());
  }

  @Test
  void aCaseWithoutDataFails() throws IOException {
    Map<String, byte[]> files = files(0, 0, 2);
    files.keySet().removeIf(name -> name.endsWith(".pb"));
    assertEquals(NodeResult.Kind.FAILED, run(written(files)).get(0).kind());
  }

  @Test
  void archivesPackedOrNot() throws IOException {
    byte[] tar = tar(files(0, 0, 2));
    Path plain = Files.write(folder.resolve("cases.tar"), tar);
    Path packed = folder.resolve("cases.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(tar);
    }
    assertEquals(NodeResult.Kind.PASSED, run(plain).get(0).kind());
    assertEquals(NodeResult.Kind.PASSED, run(packed).get(0).kind());
  }

  @Test
  void archivesThatAreDamaged() throws IOException {
    byte[] tar = tar(files(0, 0, 2));
    for (int length : new int[] {100, 600, 1500}) {
      Path cut = Files.write(folder.resolve("cut.tar"), java.util.Arrays.copyOf(tar, length));
      assertThrows(IOException.class, () -> run(cut));
    }
    tar[124] = 'x';
    Path size = Files.write(folder.resolve("size.tar"), tar);
    assertThrows(FormatException.class, () -> run(size));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThrows(FormatException.class, () -> run(empty));
  }

  @Test
  void agreementSeesADifference() {
    Program.Builder other = Program.builder(DType.F32, Shape.of(3));
    other.step(new Scale(1.5), 0);
    Program.Builder same = Program.builder(DType.F32, Shape.of(3));
    same.step(new Scale(1), 0);
    Program a = same.build();
    assertEquals(0, Agreement.worst(a, a, limbeck.engine.exec.Workers.inline()));
    double worst = Agreement.worst(a, other.build(), limbeck.engine.exec.Workers.inline());
    assertTrue(worst > 0.4 && worst < 0.5, "" + worst);
  }

  /** ONNX's own cases, where they are at hand: all pass but one, which is random. */
  @Test
  void theSuite() throws IOException {
    String data = System.getProperty("LIMBECK_DATA", System.getenv("LIMBECK_DATA"));
    Path suite = data == null ? null : Path.of(data).resolve(SUITE);
    Assumptions.assumeTrue(
        suite != null && Files.exists(suite), "no " + SUITE + " in LIMBECK_DATA: skipped");
    List<NodeResult> results = run(suite);
    assertEquals(555, results.size());
    assertEquals(
        List.of("test_training_dropout"),
        results.stream()
            .filter(r -> r.kind() != NodeResult.Kind.PASSED)
            .map(NodeResult::name)
            .toList());
  }
}
