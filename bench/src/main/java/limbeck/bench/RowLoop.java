package limbeck.bench;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.SoftmaxKernel;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** A row loop to be measured: one of each kind of work that {@link Rows} does. */
public enum RowLoop {
  /** Bound by memory: two loads and a store an element. */
  ADD((r, o) -> r.add(o.a, 0, o.b, 0, o.y, 0, o.y.size())),
  /** ReLU. */
  RELU((r, o) -> r.relu(o.a, 0, o.y, 0, o.y.size())),
  /** The exponential function. */
  EXP((r, o) -> r.exp(o.a, 0, o.y, 0, o.y.size())),
  /** The natural logarithm, of positive numbers. */
  LOG((r, o) -> r.log(o.b, 0, o.y, 0, o.y.size())),
  /** The logistic function. */
  SIGMOID((r, o) -> r.sigmoid(o.a, 0, o.y, 0, o.y.size())),
  /** The hyperbolic tangent. */
  TANH((r, o) -> r.tanh(o.a, 0, o.y, 0, o.y.size())),
  /** GELU by erf. */
  GELU((r, o) -> r.gelu(o.a, 0, o.y, 0, o.y.size())),
  /** The gradient of GELU. */
  GELU_GRAD((r, o) -> r.geluGrad(o.a, 0, o.b, 0, o.y, 0, o.y.size())),
  /** The gradient of ReLU. */
  RELU_GRAD((r, o) -> r.reluGrad(o.a, 0, o.b, 0, o.y, 0, o.y.size())),
  /** A multiple added: sums over rows are made of it. */
  AXPY((r, o) -> r.axpy(0.25, o.a, 0, o.y, 0, o.y.size())),
  /** Sum in 16 lanes. */
  SUM((r, o) -> o.y.set(0, r.sum(o.a, 0, o.a.size()))),
  /** Inner product in 16 lanes. */
  DOT((r, o) -> o.y.set(0, r.dot(o.a, 0, o.b, 0, o.a.size()))),
  /** Softmax of the whole as one row: five loops. */
  SOFTMAX((r, o) -> SoftmaxKernel.forward(r, o.a, 1, o.y, 0, 1)),
  /** The largest element. */
  MAX((r, o) -> o.y.set(0, r.max(o.a, 0, o.a.size()))),
  /** A step of SGD with momentum on the weights y with the gradient a: five streams of memory. */
  MOMENTUM((r, o) -> r.momentum(o.y, 0, o.a, 0, o.m1, 0, 1e-3, 0.9, 0, false, o.y.size())),
  /** A step of Adam on the weights y with the gradient a: seven streams of memory. */
  ADAM(
      (r, o) ->
          r.adam(o.y, 0, o.a, 0, o.m1, o.m2, 0, 1e-3, 0.9, 0.999, 1e-8, 0, 1, 1, 1, o.y.size()));

  /** What the loops work on: n elements of each. */
  public static final class Operands {
    /** Numbers from −4 to 4. */
    final Tensor a;

    /** Numbers from 0.5 to 1.5. */
    final Tensor b;

    /** Takes results; weights of {@link #MOMENTUM} and {@link #ADAM}. */
    final Tensor y;

    /** The moments of {@link #ADAM}, the first of {@link #MOMENTUM}. */
    final Tensor m1;

    final Tensor m2;

    /** For n elements; each call makes the same. */
    public Operands(DType type, int n) {
      Shape shape = Shape.of(1, n);
      a = Tensor.zeros(type, shape);
      b = Tensor.zeros(type, shape);
      y = Tensor.zeros(type, shape);
      m1 = Tensor.zeros(type, shape);
      m2 = Tensor.zeros(type, shape);
      Philox random = new Philox(1);
      for (int i = 0; i < n; i++) {
        a.set(i, 8 * random.uniform(2L * i) - 4);
        b.set(i, 0.5 + random.uniform(2L * i + 1));
      }
    }
  }

  /** A loop on its operands. */
  @FunctionalInterface
  private interface Body {
    void run(Rows r, Operands o);
  }

  @SuppressWarnings("ImmutableEnumChecker") // lambdas that hold nothing
  private final Body body;

  RowLoop(Body body) {
    this.body = body;
  }

  /** Runs the loop once. */
  public void run(Rows r, Operands o) {
    body.run(r, o);
  }
}
