package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Op;
import limbeck.engine.op.nn.AvgPool;
import limbeck.engine.op.nn.BatchNorm;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.op.nn.GlobalAvgPool;
import limbeck.engine.op.nn.MaxPool;
import org.junit.jupiter.api.Test;

/** Ops on channels as JSON objects. */
class ChannelOpReadersTest {
  private static final Window FIRST = new Window(5, 2, 1, 3);
  private static final Window SECOND = new Window(4, 1, 2, 1);

  @Test
  void settingsComeBack() throws IOException {
    List<Op> ops =
        List.of(
            new Conv(List.of(FIRST, SECOND), 2, true),
            new Conv(List.of(FIRST), 1, false),
            new MaxPool(List.of(SECOND)),
            new AvgPool(List.of(SECOND, Window.of(3)), true),
            new GlobalAvgPool(),
            new BatchNormInference(0.25));
    for (Op op : ops) {
      assertEquals(op, OpCodec.read(OpCodec.write(op), "here"));
    }
  }

  private static void assertRefuses(String message, String key, List<Integer> values) {
    Map<String, Object> json = OpCodec.write(new Conv(List.of(FIRST, SECOND), 2, true));
    json.put(key, values);
    IOException e = assertThrows(FormatException.class, () -> OpCodec.read(json, "step 3"));
    assertTrue(e.getMessage().startsWith("step 3 (op \"conv2d\"): " + message), e.getMessage());
  }

  @Test
  void windowsOutOfRange() {
    assertRefuses("member \"stride\" has 1 numbers, 2 expected", "stride", List.of(1));
    assertRefuses("member \"size\" has 3 numbers, 2 expected", "size", List.of(1, 1, 1));
    assertRefuses("window of size 0, stride 2", "size", List.of(0, 1));
    assertRefuses("window of size 5, stride 2, padding -1", "padding", List.of(-1, 1));
    assertRefuses("window of size 4, stride 1, padding 2", "dilation", List.of(1, 1 << 30));
  }

  /** It computes with the statistics of a batch, which inference knows nothing of. */
  @Test
  void batchNormInTrainingIsNotStored() {
    BatchNorm op = new BatchNorm(1e-5);
    var e = assertThrows(IllegalArgumentException.class, () -> OpCodec.write(op));
    assertTrue(e.getMessage().contains("op batchNorm cannot be saved"), e.getMessage());
  }
}
