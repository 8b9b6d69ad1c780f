package example.embed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import limbeck.engine.op.Linear;
import limbeck.engine.op.Relu;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Writes the smallest model that is no line, exclusive or, and asks it. */
class ClassifyTest {
  private static final Path MODEL = Path.of("target", "xor.safetensors");

  @Test
  void saysWhichBitsDiffer() throws IOException {
    writeModel();
    assertEquals("class 0 of [0.5, -0.5]", ask("0", "0"));
    assertEquals("class 1 of [-0.5, 0.5]", ask("0", "1"));
    assertEquals("class 1 of [-0.5, 0.5]", ask("1"));
    assertEquals("class 0 of [0.5, -0.5]", ask("1", "1"));
  }

  /** h = relu(x₁ + x₂, x₁ + x₂ − 1); logits 0.5 − (h₁ − 2h₂) and h₁ − 2h₂ − 0.5. */
  private static void writeModel() throws IOException {
    Program.Builder b = Program.builder(DType.F32, Shape.of(2));
    int w = b.constant("hidden.weight", Tensor.of(Shape.of(2, 2), 1f, 1f, 1f, 1f));
    int c = b.constant("hidden.bias", Tensor.of(Shape.of(2), 0f, -1f));
    int v = b.constant("output.weight", Tensor.of(Shape.of(2, 2), -1f, 2f, 1f, -2f));
    int d = b.constant("output.bias", Tensor.of(Shape.of(2), 0.5f, -0.5f));
    int hidden = b.step(new Relu(), b.step(new Linear(), 0, w, c));
    b.step(new Linear(), hidden, v, d);
    b.build().save(MODEL, Map.of());
  }

  private static String ask(String... inputs) throws IOException {
    String[] args = new String[inputs.length + 1];
    args[0] = MODEL.toString();
    System.arraycopy(inputs, 0, args, 1, inputs.length);
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      Classify.main(args);
    } finally {
      System.setOut(before);
    }
    return printed.toString(UTF_8).strip();
  }
}
