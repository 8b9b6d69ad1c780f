package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Tracer;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Program;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialistsTest {
  private static final int ROWS = 40;

  private static ImageNetwork network(String name) {
    ImageNetwork n = ImageArchitecture.of(name).build(ImageShape.flat(6), 4);
    n.init(5);
    return n;
  }

  private static Tensor images() {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(ROWS, 6));
    Philox random = new Philox(9);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, 4 * random.normal(i));
    }
    return x;
  }

  private static float[] logits(ImageNetwork n) {
    Tensor y = n.infer(images(), new OpContext(Workers.inline()));
    float[] values = new float[y.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) y.get(i);
    }
    return values;
  }

  private static ImageNetwork withClasses(String name, int... special) {
    ImageNetwork n = network(name);
    Map<String, Tensor> state = new LinkedHashMap<>(n.state());
    Arrays.stream(special).forEach(at -> state.get("special").set(at, 1));
    n.load(state);
    return n;
  }

  /** Without classes nobody is asked; the generalist has the bits of a network of its own. */
  @Test
  void withoutClassesTheGeneralistSpeaksAlone() {
    ImageNetwork all = network("specialists:2*mlp:6-5-4");
    ImageNetwork alone = network("mlp:6-5-4");
    Map<String, Tensor> state = new LinkedHashMap<>();
    all.state()
        .forEach(
            (name, t) -> {
              if (name.startsWith("generalist.")) {
                state.put(name.substring("generalist.".length()), t);
              }
            });
    alone.load(state);
    assertArrayEquals(logits(alone), logits(all));
    assertEquals(List.of(List.of(), List.of()), Specialists.classes(all));
  }

  @Test
  void itsClassesAreInItsState() {
    ImageNetwork all = withClasses("specialists:2*mlp:6-5-4", 0, 2, 4 + 1, 4 + 3);
    assertEquals(List.of(List.of(0, 2), List.of(1, 3)), Specialists.classes(all));
    ImageNetwork again =
        ImageArchitecture.of("specialists:2*mlp:6-5-4").build(ImageShape.flat(6), 4);
    again.load(all.state());
    assertArrayEquals(logits(all), logits(again));
    assertFalse(Arrays.equals(logits(all), logits(network("specialists:2*mlp:6-5-4"))));
    assertThrows(IllegalArgumentException.class, () -> Specialists.classes(network("mlp:6-5-4")));
  }

  /** The program has its bits, and all costs of all networks. */
  @Test
  void theProgramHasItsBits() {
    ImageNetwork all = withClasses("specialists/2:2*mlp:6-5-4", 0, 2, 4 + 1, 4 + 3);
    Program program = Tracer.trace(all, DType.F32, Shape.of(6));
    float[] traced = new float[ROWS * 4];
    program.runner().run(images().floats(), traced);
    assertArrayEquals(logits(all), traced);
    ImageNetwork one = network("mlp:6-5-4");
    assertEquals(3 * one.multiplyAdds(), all.multiplyAdds());
    assertEquals(3 * one.parameters().count(), all.parameters().count());
    assertTrue(program.bytes() >= 3 * Tracer.trace(one, DType.F32, Shape.of(6)).bytes());
  }

  @Test
  void namesAreReadBack() {
    ImageArchitecture plain = ImageArchitecture.of("plain-4");
    assertEquals("specialists:3*plain-4", plain.withSpecialists(3, 1).name());
    assertEquals("specialists/2:3*plain-4", plain.withSpecialists(3, 2).name());
    assertEquals("specialists:3*plain-4", ImageArchitecture.of("specialists/1:3*plain-4").name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "specialists:0*plain-4",
        "specialists/0:2*plain-4",
        "specialists:2*specialists:2*plain-4",
        "specialists:2*ensemble:2*plain-4",
        "specialists:2*exits:plain-4",
        "specialists:plain-4",
      })
  void whatMakesNoSenseIsRefused(String name) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ImageArchitecture.of(name)).getMessage();
    assertTrue(message.contains("expected") || message.contains("no "), message);
  }

  @Test
  void perceptronsSayTheirClasses() {
    assertEquals("mlp:16-8-5", ImageArchitecture.of("16-8-3").ofClasses(5).name());
    assertEquals("resnet-20", ImageArchitecture.of("resnet-20").ofClasses(5).name());
    assertThrows(
        IllegalArgumentException.class, () -> ImageArchitecture.of("exits:plain-4").ofClasses(5));
  }
}
