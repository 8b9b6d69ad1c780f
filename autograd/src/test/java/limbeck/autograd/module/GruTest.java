package limbeck.autograd.module;

import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layers around the op. */
class GruTest {
  private static final int[] LENGTHS = {3, 7, 0, 5, 1, 7, 2, 2, 6, 4};
  private static final int STEPS = 7;

  private static float[] floats(Tensor t) {
    return Arrays.copyOfRange(t.floats(), t.offset(), t.offset() + t.size());
  }

  /** 3·h·(d + h) + 6·h a layer and direction. */
  @Test
  void parametersAreOfTwoBiases() {
    Module one = new Gru(100, 50).init(1);
    assertEquals(3 * 50 * (100 + 50) + 6 * 50, one.parameters().count());
    Module both = new BiGru(100, 50, 2, 0).init(1);
    assertEquals(4 * (3 * 50 * (100 + 50) + 6 * 50), both.parameters().count());
  }

  /** Neither what padding holds nor who else is in the batch changes a bit. */
  @Test
  void anExampleOfAPaddedBatchIsTheExampleAlone() {
    BiGru layer = new BiGru(5, 6);
    layer.init(1);
    Tensor x = normal(4, LENGTHS.length, STEPS, 5);
    Var lengths = Var.of(Tensor.of(Shape.of(LENGTHS.length), LENGTHS));
    float[] all = floats(layer.forward(Var.of(x), lengths).value());
    for (int b = 0; b < LENGTHS.length; b++) {
      int n = LENGTHS[b];
      Tensor own = x.reshape(Shape.of(x.size() / 5, 5)).slice(b * STEPS, b * STEPS + n);
      Tensor one = layer.forward(Var.of(own.reshape(Shape.of(1, n, 5)))).value();
      int at = b * STEPS * 12;
      assertArrayEquals(floats(one), Arrays.copyOfRange(all, at, at + n * 12), "example " + b);
      assertArrayEquals(
          new float[(STEPS - n) * 12],
          Arrays.copyOfRange(all, at + n * 12, at + STEPS * 12),
          "padding of example " + b);
    }
  }

  /** A sequence in two parts, the second from where the first has got to. */
  @Test
  void aStateCarriesOn() {
    Gru layer = new Gru(3, 4, 2, 0);
    layer.allocate(DType.F64).init(1);
    Tensor x = normal(DType.F64, 5, 1, 6, 3);
    Tensor whole = layer.forward(Var.of(x)).value();
    Tensor rows = x.reshape(Shape.of(6, 3));
    Var nothing = Var.of(Tensor.zeros(DType.F64, Shape.of(1, 4)));
    Gru.Result first =
        layer.forward(
            Var.of(rows.slice(0, 2).reshape(Shape.of(1, 2, 3))), null, List.of(nothing, nothing));
    Gru.Result second =
        layer.forward(Var.of(rows.slice(2, 6).reshape(Shape.of(1, 4, 3))), null, first.last());
    for (int i = 0; i < 8; i++) {
      assertEquals(whole.get(i), first.states().value().get(i), 1e-14);
    }
    for (int i = 0; i < 16; i++) {
      assertEquals(whole.get(8 + i), second.states().value().get(i), 1e-14);
    }
    assertThrows(
        IllegalArgumentException.class, () -> layer.forward(Var.of(x), null, List.of(nothing)));
  }

  @Test
  void aProgramIsTheLayer(@TempDir Path folder) throws IOException {
    Gru layer = new Gru(5, 6, 2, 0);
    layer.init(1);
    TraceCheck.require(layer, folder, 4, 5);
  }

  @Test
  void sizesAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> new Gru(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new BiGru(1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Gru(1, 1, 2, 1));
  }
}
