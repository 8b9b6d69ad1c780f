package limbeck.autograd.module;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import limbeck.autograd.Module;
import limbeck.autograd.Streams;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What dropout draws, and what that depends on. */
class DropoutTest {
  private static final int N = 4000;

  private static Tensor ones() {
    Tensor t = Tensor.zeros(DType.F32, Shape.of(N));
    t.fill(1);
    return t;
  }

  /** The output of a layer at a path for ones, in one training step: its mask. */
  private static Tensor mask(double rate, int place, long seed, long step) {
    Module[] layers = new Module[place + 1];
    for (int i = 0; i < place; i++) {
      layers[i] = Activation.relu();
    }
    layers[place] = new Dropout(rate);
    Sequential model = new Sequential(layers);
    model.init(1);
    model.train(seed, step);
    return model.forward(Var.of(ones())).value();
  }

  private static int zeros(Tensor t) {
    int zeros = 0;
    for (int i = 0; i < t.size(); i++) {
      zeros += t.get(i) == 0 ? 1 : 0;
    }
    return zeros;
  }

  @Test
  void drawsDependOnSeedPathAndStepAlone() {
    Tensor mask = mask(0.5, 0, 3, 7);
    assertSameBits(mask, mask(0.5, 0, 3, 7), "drawn again");
    for (Tensor other : new Tensor[] {mask(0.5, 0, 4, 7), mask(0.5, 0, 3, 8), mask(0.5, 1, 3, 7)}) {
      int different = 0;
      for (int i = 0; i < N; i++) {
        different += mask.get(i) != other.get(i) ? 1 : 0;
      }
      assertEquals(N / 2, different, 5 * StrictMath.sqrt(N / 4.0)); // five standard deviations
    }
  }

  @Test
  void keptElementsAreScaledUp() {
    Tensor mask = mask(0.2, 0, 3, 7);
    assertEquals(0.2 * N, zeros(mask), 5 * StrictMath.sqrt(N * 0.2 * 0.8));
    float factor = (float) (65536 / (65536 - 13107.0)); // 0.2 of 65,536 is 13,107.2
    for (int i = 0; i < N; i++) {
      assertEquals(mask.get(i) == 0 ? 0 : factor, mask.get(i));
    }
  }

  @Test
  void theGradientIsTheMask() {
    Sequential model = new Sequential(new Dropout(0.5));
    model.init(1);
    model.train(3, 7);
    Var x = Var.input(normal(1, N));
    try (Tape tape = Tape.open(new OpContext(Workers.inline()))) {
      tape.backward(model.forward(x).sum());
      assertSameBits(mask(0.5, 0, 3, 7), x.gradient(), "gradient");
    }
  }

  @Test
  void evaluationAndRateZeroAreTheIdentity() {
    Var x = Var.of(ones());
    Dropout layer = new Dropout(0.5);
    assertSame(x, layer.forward(x)); // a new module is in evaluation mode
    layer.train(1, 1);
    assertNotEquals(0, zeros(layer.forward(x).value()));
    layer.evaluate();
    assertSame(x, layer.forward(x));
    Dropout none = new Dropout(0);
    none.train(1, 1);
    assertSame(x, none.forward(x));
  }

  @Test
  void ratesOutOfRange() {
    for (double rate : new double[] {-0.1, 1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Dropout(rate));
    }
  }

  @Test
  void streamsOfStepsAndNamesDiffer() {
    long first = Streams.of("fc1");
    assertNotEquals(first, Streams.of("fc2"));
    assertNotEquals(Streams.of("fc1", 0), Streams.of("fc1", 1));
    assertNotEquals(first, Streams.of("fc1", 0));
    // FNV-1a by its definition: offset basis, then xor and multiply for each unit
    long expected = (0xcbf29ce484222325L ^ 'a') * 0x100000001b3L;
    assertEquals(expected, Streams.of("a"));
  }
}
