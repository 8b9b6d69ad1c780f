package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.engine.op.Dropout;
import limbeck.engine.op.LeakyRelu;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.MaskedLogSoftmax;
import limbeck.engine.op.MaskedSoftmax;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Maximum;
import limbeck.engine.op.Op;
import limbeck.engine.op.Shift;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.nn.AddPositions;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.LayerNorm;
import org.junit.jupiter.api.Test;

/** Ops as JSON objects. */
class OpCodecTest {
  private static final List<Op> OPS =
      List.of(
          new LeakyRelu(-0.3),
          new Shift(0.1),
          new Maximum(),
          new MatMul(false, true),
          new MatMul(true, false),
          new Softmax(0.5),
          new LogSoftmax(3),
          new MaskedSoftmax(2),
          new MaskedLogSoftmax(7),
          new LayerNorm(1e-12),
          new AddPositions(3),
          new Attention(8, true, Attention.Keys.LENGTHS),
          new Attention(1, false, Attention.Keys.MASK, 0.25));

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
  void constantsOfNoKindAreRefused() {
    var json = OpCodec.write(new Attention(8, true, Attention.Keys.CACHE));
    json.put("keys", "SOME");
    IOException e = assertThrows(FormatException.class, () -> OpCodec.read(json, "step 3"));
    assertEquals(
        "step 3 (op \"attention\"): keys \"SOME\" is none of [ALL, LENGTHS, MASK, CACHE]",
        e.getMessage());
  }

  @Test
  void attentionWithDropoutIsNotForInference() {
    Dropout dropout = new Dropout(0.1, 1, 1);
    Op op = new Attention(8, true, Attention.Keys.ALL, 0, dropout);
    assertThrows(IllegalArgumentException.class, () -> OpCodec.write(op));
  }

  @Test
  void lossesAreNotForInference() {
    var e = assertThrows(IllegalArgumentException.class, () -> OpCodec.write(new CrossEntropy()));
    assertEquals(
        "program: op crossEntropy cannot be saved; only built-in ops of inference can",
        e.getMessage());
  }
}
