package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.ModelFile;
import limbeck.kd.data.TensorInputs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that is read from a model file, as an imported teacher is. */
class ProgramNetworkTest {
  private static final ImageShape IMAGE = new ImageShape(3, 8, 8);

  @TempDir Path folder;
  private Path file;
  private Program program;

  @BeforeEach
  void model() throws IOException {
    ImageNetwork trained = ImageArchitecture.of("resnet-8").build(IMAGE, 10);
    trained.init(5);
    trained.evaluate();
    program = trained.program();
    file = folder.resolve("model.safetensors");
    ModelFile.save(
        file, program, List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), Map.of());
  }

  private ImageNetwork network() {
    return ImageArchitecture.of("program:" + file).build(IMAGE, 10);
  }

  private static Tensor images() {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(2, IMAGE.values()));
    for (int i = 0; i < x.size(); i++) {
      x.set(i, i % 17 / 17.0);
    }
    return x;
  }

  @Test
  void itSaysWhatTheFileSays() {
    ImageNetwork network = network();
    network.begin(1);
    network.evaluate();
    Tensor expected = Tensor.zeros(DType.F32, Shape.of(2, 10));
    program.runner(Workers.inline()).run(images(), expected);
    Tensor found = network.infer(new TensorInputs(images()), new OpContext(Workers.inline()));
    assertArrayEquals(expected.floats(), found.own().floats());
    Tensor again = Tensor.zeros(DType.F32, Shape.of(2, 10));
    network.program().runner(Workers.inline()).run(images(), again);
    assertArrayEquals(expected.floats(), again.floats());
  }

  /** Weights learn, the statistics of batch norms do not. */
  @Test
  void whatLearns() {
    ImageNetwork network = network();
    network.begin(1);
    var learning = network.parameters().parameters().keySet();
    assertTrue(learning.stream().anyMatch(name -> name.endsWith("weight")), "" + learning);
    assertFalse(learning.stream().anyMatch(name -> name.contains("running")), "" + learning);
    assertEquals(program.constants().size(), network.state().size());
  }

  @Test
  void filesThatDoNotFit() throws IOException {
    ImageArchitecture architecture = ImageArchitecture.of("program:" + file);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> architecture.build(new ImageShape(1, 8, 8), 10));
    assertTrue(e.getMessage().contains("not images of 64"), e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> architecture.build(IMAGE, 7));
    assertTrue(e.getMessage().endsWith("gives [1, 10] for 7 classes"), e.getMessage());
    Files.delete(file);
    assertThrows(UncheckedIOException.class, () -> architecture.build(IMAGE, 10));
  }
}
