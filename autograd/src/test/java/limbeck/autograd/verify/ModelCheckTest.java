package limbeck.autograd.verify;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.labels;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Numbers;
import limbeck.autograd.Var;
import limbeck.autograd.Weights;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.op.CustomOp;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.SoftTargets;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The check passes for every layer here, and fails for gradients that are slightly wrong. */
class ModelCheckTest {
  private static final double TOLERANCE = 1e-6;
  private static final int BATCH = 6;

  private static Arguments net(String name, Module... layers) {
    return Arguments.of(name, new Sequential(layers));
  }

  /** Networks of 5 inputs and 4 outputs. */
  private static Stream<Arguments> models() {
    Linear tied = new Linear(5, 5);
    return Stream.of(
        net("linear", new Linear(5, 4)),
        net("relu", new Linear(5, 9), Activation.relu(), new Linear(9, 4)),
        net("tanh", new Linear(5, 9), Activation.tanh(), new Linear(9, 4)),
        net("sigmoid", new Linear(5, 9), Activation.sigmoid(), new Linear(9, 4)),
        net("gelu", new Linear(5, 9), Activation.gelu(), new Linear(9, 4)),
        net("dropout", new Dropout(0.2), new Linear(5, 9), new Dropout(0.5), new Linear(9, 4)),
        net("tied", tied, Activation.tanh(), tied, Activation.tanh(), new Linear(5, 4)),
        net("wide", new Linear(5, 200), Activation.relu(), new Linear(200, 4)));
  }

  private static final Var X = Var.of(normal(DType.F64, 1, BATCH, 5));
  private static final Var TEACHER = Var.of(normal(DType.F64, 2, BATCH, 4));
  private static final Var LABELS = Var.of(labels(3, BATCH, 4));

  private static List<Function<Var, Var>> losses() {
    return List.of(
        z -> z.apply(new CrossEntropy(), LABELS),
        z -> z.apply(new SoftTargets(3), TEACHER),
        z -> z.apply(SquaredError.mean(), TEACHER),
        z -> z.times(z).mean().plus(z.sum().times(0.1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void gradientsOfLayersAreDerivatives(String name, Sequential model) {
    model.allocate(DType.F64).init(7);
    model.train(1, 1);
    Map<String, Tensor> before = Numbers.copy(model.state());
    for (Function<Var, Var> loss : losses()) {
      ModelCheck.require(model, () -> loss.apply(model.forward(X)), TOLERANCE);
    }
    assertSameBits(before, model.state());
    model.parameters().parameters().values().forEach(p -> assertNull(p.gradient()));
  }

  @Test
  void frozenParametersAreLeftOut() {
    Linear layer = new Linear(5, 4);
    layer.allocate(DType.F64).init(7);
    layer.bias().freeze(true);
    List<ModelCheck.Finding> findings =
        ModelCheck.gradients(layer, () -> losses().get(0).apply(layer.forward(X)));
    assertEquals(List.of("weight"), findings.stream().map(ModelCheck.Finding::path).toList());
  }

  /** x, whose gradient is off in one element. */
  private record Wrong(double factor) implements CustomOp {
    @Override
    public Shape infer(Shape... in) {
      return in[0];
    }

    @Override
    public void forward(OpContext c, Tensor[] in, Tensor out) {
      out.copyFrom(in[0]);
    }

    @Override
    public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
      gradIn[0].copyFrom(gradOut);
      gradIn[0].set(1, gradIn[0].get(1) * factor);
    }

    @Override
    public OpSpec spec() {
      return OpSpec.of("wrong").operand("x", "...");
    }
  }

  /** x, whose gradient is too large by the same factor everywhere. */
  private record Steep(double factor) implements CustomOp {
    @Override
    public Shape infer(Shape... in) {
      return in[0];
    }

    @Override
    public void forward(OpContext c, Tensor[] in, Tensor out) {
      out.copyFrom(in[0]);
    }

    @Override
    public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
      for (int i = 0; i < gradOut.size(); i++) {
        gradIn[0].set(i, factor * gradOut.get(i));
      }
    }

    @Override
    public OpSpec spec() {
      return OpSpec.of("steep").operand("x", "...");
    }
  }

  /** Along random signs, the error would be 1/√n of what it is: below any tolerance in use. */
  @Test
  void aFactorThatAllElementsShareIsFoundWhateverTheirNumber() {
    int n = 40_000;
    Weights model = new Weights(Init.normal(1), Shape.of(n));
    model.allocate(DType.F64).init(1);
    Var x = Var.of(normal(DType.F64, 4, n));
    for (double factor : new double[] {1, 1.001}) {
      ModelCheck.Finding found =
          ModelCheck.gradients(model, () -> model.get(0).apply(new Steep(factor)).times(x).sum())
              .get(0);
      assertEquals((factor - 1) / factor, found.error(), 1e-8, found.toString());
    }
  }

  private static Supplier<Var> loss(Linear layer, double factor) {
    return () -> losses().get(0).apply(layer.forward(X).apply(new Wrong(factor)));
  }

  @Test
  void aGradientOffInOneElementIsFound() {
    Linear layer = new Linear(5, 4);
    layer.allocate(DType.F64).init(7);
    ModelCheck.require(layer, loss(layer, 1), TOLERANCE);
    for (double factor : new double[] {1.001, 0, -1, Double.NaN}) {
      String said =
          assertThrows(
                  AssertionError.class,
                  () -> ModelCheck.require(layer, loss(layer, factor), TOLERANCE))
              .getMessage();
      assertTrue(said.contains("\n  weight: gradient "), said);
      assertTrue(said.contains("\n  bias: gradient "), said);
    }
  }

  @Test
  void aMissingGradientIsFound() {
    Weights model = new Weights(Init.constant(1), Shape.of(3), Shape.of(3));
    model.allocate(DType.F64).init(1);
    Supplier<Var> cut =
        () -> model.get(0).plus(Var.of(model.get(1).value())).sum(); // w1 as a constant
    List<ModelCheck.Finding> findings = ModelCheck.gradients(model, cut);
    assertTrue(findings.get(0).error() <= TOLERANCE, findings.get(0).toString());
    assertEquals(1, findings.get(1).error(), 1e-12); // all of the slope is missing
    assertEquals(0, findings.get(1).gradient());
  }

  @Test
  void whatHasNoInfluenceHasNoError() {
    Weights model = new Weights(Init.constant(1), Shape.of(3), Shape.of(3), Shape.of(0));
    model.allocate(DType.F64).init(1);
    List<ModelCheck.Finding> findings =
        ModelCheck.gradients(model, () -> model.get(0).times(model.get(0)).sum());
    assertEquals(List.of("w0", "w1"), findings.stream().map(ModelCheck.Finding::path).toList());
    assertEquals(0, findings.get(1).error());
  }

  @Test
  void float32IsRefused() {
    Linear layer = new Linear(5, 4);
    layer.init(7);
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> ModelCheck.require(layer, loss(layer, 1), TOLERANCE))
            .getMessage();
    assertFalse(said.contains("\n"));
    assertTrue(said.startsWith("modelCheck: the parameters are F32; use model.allocate"), said);
  }
}
