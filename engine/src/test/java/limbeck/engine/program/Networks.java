package limbeck.engine.program;

import limbeck.engine.op.Add;
import limbeck.engine.op.Linear;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.Tanh;
import limbeck.engine.op.nn.Lstm;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Programs to test with, and their inputs. */
final class Networks {
  static final int IN = 37;
  static final int OUT = 5;
  private static final int HIDDEN = 83;

  /** Inputs and outputs of {@link #wide}. */
  static final int WIDE = 512;

  private Networks() {}

  /** Linear layers, a branch that joins again, softmax. */
  static Program branched() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(IN));
    int w1 = b.constant("w1", normal(1, HIDDEN, IN));
    int b1 = b.constant("b1", normal(2, HIDDEN));
    int w2 = b.constant("w2", normal(3, OUT, HIDDEN));
    int b2 = b.constant("b2", normal(4, OUT));
    int h = b.step(new Linear(), 0, w1, b1);
    int sum = b.step(new Add(), b.step(new Relu(), h), b.step(new Tanh(), h));
    b.step(new Softmax(2), b.step(new Linear(), sum, w2, b2));
    return b.build();
  }

  /** Two layers large enough to be cut into pieces for several threads. */
  static Program wide() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(WIDE));
    int w1 = b.constant("w1", normal(5, WIDE, WIDE));
    int b1 = b.constant("b1", normal(6, WIDE));
    int h = b.step(new Linear(), 0, w1, b1);
    b.step(new Tanh(), b.step(new Relu(), h));
    return b.build();
  }

  /** A recurrent layer over time, then a linear one on all of its states. */
  static Program recurrent() {
    int steps = 3;
    int hidden = 11;
    Program.Builder b = Program.builder(DType.F32, Shape.of(steps, IN));
    int wi = b.constant("wi", normal(7, 4 * hidden, IN));
    int wh = b.constant("wh", normal(8, 4 * hidden, hidden));
    int bias = b.constant("b", normal(9, 4 * hidden));
    int w = b.constant("w", normal(10, OUT, steps * hidden));
    int c = b.constant("c", normal(11, OUT));
    int h = b.step(new Lstm(true), 0, wi, wh, bias, bias);
    b.step(new Linear(), b.step(Reshape.to(0, -1), h), w, c);
    return b.build();
  }

  static Tensor normal(long seed, int... axes) {
    Tensor t = Tensor.zeros(DType.F32, Shape.of(axes));
    Philox draws = new Philox(seed);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, draws.normal(i));
    }
    return t;
  }

  static float[] inputs(int batch) {
    return normal(9, batch, IN).floats();
  }
}
