package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.MaskedLogSoftmax;
import limbeck.engine.op.MaskedSoftmax;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Op;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.loss.CrossEntropy;
import org.junit.jupiter.api.Test;

/** Ops as JSON objects. */
class OpCodecTest {
  private static final List<Op> OPS =
      List.of(
          new MatMul(false, true),
          new MatMul(true, false),
          new Softmax(0.5),
          new LogSoftmax(3),
          new MaskedSoftmax(2),
          new MaskedLogSoftmax(7));

  @Test
  void settingsComeBack() throws IOException {
    for (Op op : OPS) {
      assertEquals(op, OpCodec.read(OpCodec.write(op), "here"));
    }
  }

  @Test
  void settingsOutOfRangeAreRefusedWithTheirPlace() {
    var json = OpCodec.write(new MaskedSoftmax(2));
    json.put("temperature", -2.0);
    IOException e = assertThrows(FormatException.class, () -> OpCodec.read(json, "step 3"));
    assertTrue(e.getMessage().startsWith("step 3 (op \"maskedSoftmax\")"), e.getMessage());
    assertTrue(e.getMessage().contains("temperature -2.0"), e.getMessage());
  }

  @Test
  void lossesAreNotForInference() {
    var e = assertThrows(IllegalArgumentException.class, () -> OpCodec.write(new CrossEntropy()));
    assertEquals(
        "program: op crossEntropy cannot be saved; only built-in ops of inference can",
        e.getMessage());
  }
}
