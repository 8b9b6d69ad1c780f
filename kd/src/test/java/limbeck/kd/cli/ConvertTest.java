package limbeck.kd.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.NarrowWeights;
import limbeck.engine.io.Safetensors;
import limbeck.engine.io.StoredType;
import limbeck.engine.io.WeightType;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.ModelFile;
import limbeck.kd.vision.Mlp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code convert}, and what other commands say of its files. */
class ConvertTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private static Path data;
  private static Path model;
  private Path out;

  @BeforeAll
  static void train() throws IOException {
    data = Ran.digits(shared.resolve("data"));
    assertEquals(0, Ran.small(data, shared.resolve("out")).code());
    model = shared.resolve("out/models/teacher-seed1.safetensors");
  }

  @BeforeEach
  void choose() {
    out = folder.resolve("narrow.safetensors");
  }

  private Ran convert(String... more) {
    List<String> args = new java.util.ArrayList<>(List.of("convert", model.toString()));
    args.addAll(List.of(more));
    args.add("--out=" + out);
    return Ran.of(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(WeightType.class)
  void saysBytesAndTheLargestError(WeightType type) throws Exception {
    Map<?, ?> said = (Map<?, ?>) convert("--weights=" + type.word(), "--json").json();
    assertEquals(type.word(), said.get("weights"));
    assertEquals(Files.size(model), said.get("bytesBefore"));
    assertEquals(Files.size(out), said.get("bytesAfter"));
    assertEquals(4L * (784 * 20 + 20 + 20 * 10 + 10), said.get("bytesInMemory"));
    Program before = Program.load(model);
    Program after = Program.load(out);
    double largest = 0;
    String of = null;
    for (int k = 0; k < before.constants().size(); k++) {
      Tensor was = before.constants().get(k).value();
      for (int i = 0; i < was.size(); i++) {
        double error = Math.abs(was.get(i) - after.constants().get(k).value().get(i));
        of = error > largest ? before.constants().get(k).name() : of;
        largest = Math.max(largest, error);
      }
    }
    assertEquals(largest, said.get("largestError"));
    assertEquals(of, said.get("largestErrorOf"));
    assertEquals(type == WeightType.FLOAT32, largest == 0);
    Ran text = convert("--weights=" + type.word());
    assertTrue(
        text.out().contains(type == WeightType.FLOAT32 ? "no weight" : "in " + of), text.out());
  }

  /** A student is matrices but for some biases and a few thousand characters of metadata. */
  @Test
  void int8IsAboutAQuarter() throws Exception {
    Mlp network = new Mlp(new int[] {784, 300, 100, 10}, 0, 0);
    network.init(1);
    Path large = folder.resolve("large.safetensors");
    ModelFile.save(large, network, classes(), Map.of());
    assertEquals(0, Ran.of("convert", large.toString(), "--weights=int8", "--out=" + out).code());
    double ratio = (double) Files.size(out) / Files.size(large);
    assertTrue(ratio <= 0.26, "ratio " + ratio);
  }

  private static List<String> classes() {
    return List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void otherCommandsTakeTheFile() throws Exception {
    for (WeightType type : WeightType.values()) {
      assertEquals(0, convert("--weights", type.word()).code());
      ModelFile copy = ModelFile.load(out);
      assertEquals(ModelFile.load(model).classes(), copy.classes());
      assertEquals("1", copy.facts().get("limbeck.seed"));
      Map<?, ?> was = (Map<?, ?>) eval(model).json();
      Map<?, ?> is = (Map<?, ?>) eval(out).json();
      // 200 digits, of which rounding turns a few that were undecided
      assertEquals((double) (Long) was.get("errors"), (double) (Long) is.get("errors"), 5);
      String digits = data.resolve("t10k-images-idx3-ubyte").toString();
      assertEquals(0, Ran.of("predict", out.toString(), digits, "--limit=2").code());
    }
  }

  private static Ran eval(Path file) {
    return Ran.of("eval", file.toString(), "--data=" + data, "--json");
  }

  @Test
  void inspectShowsWhatIsStored() throws Exception {
    assertEquals(0, convert("--weights=int8").code());
    Map<?, ?> found = (Map<?, ?>) Ran.of("inspect", out.toString(), "--json").json();
    assertEquals(784L * 20 + 20 * 4 + 20 * 4 + 20 * 10 + 10 * 4 + 10 * 4, found.get("bytes"));
    String text = Ran.of("inspect", out.toString()).out();
    assertTrue(text.matches("(?s).*fc1\\.weight +I8 \\[20, 784\\].*"), text);
    assertTrue(text.matches("(?s).*fc1\\.weight\\.scale +F32 \\[20\\].*"), text);
    assertTrue(text.contains(NarrowWeights.KEY), text);
    convert("--weights=bfloat16");
    assertEquals(StoredType.BF16, Safetensors.read(out).stored("fc1.weight"));
    assertTrue(Ran.of("inspect", out.toString()).out().contains(" BF16 [20, 784]"));
  }

  /** Back to float32 the narrow weights are what they were rounded to. */
  @Test
  void backToFloats() throws Exception {
    convert("--weights=int8");
    byte[] narrow = Files.readAllBytes(out);
    Path wide = folder.resolve("wide.safetensors");
    Ran back = Ran.of("convert", out.toString(), "--weights=float32", "--out=" + wide);
    assertTrue(back.out().contains("no weight has changed"), back.out());
    assertFalse(Safetensors.read(wide).metadata().containsKey(NarrowWeights.KEY));
    assertEquals(StoredType.F32, Safetensors.read(wide).stored("fc1.weight"));
    convert("--weights=int8");
    assertArrayEquals(narrow, Files.readAllBytes(out));
  }

  @Test
  void wrongUse() throws Exception {
    convert("--weights=int4")
        .isWrongUse(
            "Invalid value for option '--weights': \"int4\" is none of float32, float16,"
                + " bfloat16, int8, int8-calibrated (see limbeck convert --help)");
    convert().isWrongUse("Missing required option: '--weights=TYPE' (see limbeck convert --help)");
    byte[] before = Files.readAllBytes(model);
    Ran.of("convert", model.toString(), "--weights=int8", "--out=" + model)
        .isWrongUse(
            "--out "
                + model
                + " is MODEL itself; choose another file (see limbeck convert --help)");
    assertArrayEquals(before, Files.readAllBytes(model));
    Path none = folder.resolve("none");
    Ran.of("convert", none.toString(), "--weights=int8", "--out=" + out)
        .failsSaying(none + ": there is no such file or folder");
    assertFalse(Files.exists(out));
  }

  @Test
  void aWeightBeyondFloat16IsNamedAndNothingWritten() throws Exception {
    Mlp network = new Mlp(new int[] {784, 10}, 0, 0);
    network.init(1);
    network.state().get("fc1.weight").set(7, 1e5);
    Path large = folder.resolve("large.safetensors");
    ModelFile.save(large, network, classes(), Map.of());
    Ran.of("convert", large.toString(), "--weights=float16", "--out=" + out)
        .failsSaying(
            "safetensors: tensor \"fc1.weight\" has 100000.0 at element 7 of "
                + Shape.of(10, 784)
                + ", beyond the range of F16");
    assertFalse(Files.exists(out));
  }
}
