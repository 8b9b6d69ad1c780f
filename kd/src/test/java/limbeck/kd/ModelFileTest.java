package limbeck.kd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.WeightType;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.data.TensorDataset;
import limbeck.kd.train.Evaluation;
import limbeck.kd.vision.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  @TempDir Path folder;

  private Path save(Mlp network, List<String> classes) throws Exception {
    Path file = folder.resolve("model.safetensors");
    ModelFile.save(file, network, classes, Map.of("how", "by hand"));
    return file;
  }

  private static Mlp network() {
    Mlp network = new Mlp(new int[] {16, 8, 3}, 0.2, 0.5);
    network.init(5);
    return network;
  }

  /** Trained with dropout, saved without: the program has the bits of evaluation mode. */
  @Test
  void comesBackAsItWas() throws Exception {
    Mlp network = network();
    network.train(1, 1);
    ModelFile model = ModelFile.load(save(network, NAMES));
    assertEquals(NAMES, model.classes());
    assertEquals("by hand", model.facts().get("how"));
    assertEquals(network.state().keySet(), model.weights().keySet());
    TensorDataset data = Tiny.images(1, 7);
    float[] expected = Evaluation.logits(network, data, 3, new OpContext(Workers.inline()));
    float[] in = new float[7 * 16];
    for (int i = 0; i < 7; i++) {
      data.read(i, in, 16 * i);
    }
    float[] out = new float[7 * 3];
    model.program().runner().run(in, out);
    assertArrayEquals(expected, out);
    Program.load(folder.resolve("model.safetensors")).runner().run(in, out);
    assertArrayEquals(expected, out);
  }

  /**
   * Names and facts stay; what a run would know it by does not, but where all bits are the same.
   */
  @Test
  void narrowCopiesKeepNamesAndFacts() throws Exception {
    Path file = folder.resolve("model.safetensors");
    ModelFile.save(
        file,
        network(),
        NAMES,
        Map.of("how", "by hand", ModelFile.IDENTITY, "one", ModelFile.HISTORY, "{}"));
    ModelFile model = ModelFile.load(file);
    for (WeightType type : WeightType.values()) {
      Path copy = folder.resolve("copy.safetensors");
      model.save(copy, type);
      ModelFile read = ModelFile.load(copy);
      assertEquals(NAMES, read.classes());
      Map<String, String> facts = new HashMap<>(model.facts());
      if (type == WeightType.FLOAT32) {
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(copy));
      } else {
        facts.keySet().removeAll(List.of(ModelFile.IDENTITY, ModelFile.HISTORY));
      }
      assertEquals(facts, read.facts());
    }
  }

  @Test
  void damageIsOneLineThatNamesTheFile() throws Exception {
    Path file = save(network(), NAMES);
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 7, 8, 100, bytes.length / 2, bytes.length - 1}) {
      Files.write(file, Arrays.copyOf(bytes, length));
      FormatException e = assertThrows(FormatException.class, () -> ModelFile.load(file));
      assertTrue(e.getMessage().contains("model.safetensors"), e.getMessage());
      assertEquals(1, e.getMessage().lines().count());
    }
    bytes[bytes.length - 5] ^= 4;
    Files.write(file, bytes);
    FormatException e = assertThrows(FormatException.class, () -> ModelFile.load(file));
    assertTrue(e.getMessage().contains("is damaged"), e.getMessage());
  }

  @Test
  void whatIsNoModelIsSaid() throws Exception {
    Path file = folder.resolve("x.safetensors");
    assertThrows(NoSuchFileException.class, () -> ModelFile.load(file));
    Map<String, Tensor> tensors = Map.of("t", Tensor.of(Shape.of(1), 1f));
    Checkpoints.save(file, tensors, Map.of());
    FormatException names = assertThrows(FormatException.class, () -> ModelFile.load(file));
    assertTrue(names.getMessage().contains("holds no class names"), names.getMessage());
    for (String list : List.of("3", "{", "[\"a\"")) {
      Checkpoints.save(file, tensors, Map.of("limbeck.classes", list));
      assertThrows(FormatException.class, () -> ModelFile.load(file));
    }
    Checkpoints.save(file, tensors, Map.of("limbeck.classes", "[\"a\"]"));
    assertThrows(FormatException.class, () -> ModelFile.load(file));
    Path two = save(network(), List.of("a", "b"));
    FormatException e = assertThrows(FormatException.class, () -> ModelFile.load(two));
    assertTrue(e.getMessage().endsWith("2 class names for 3 outputs"), e.getMessage());
  }
}
