package limbeck.autograd.module;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.copy;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.optim.Sgd;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batch norm: when its statistics move, and that a step is the same on any threads. */
class BatchNormTest {
  private static final Window PADDED = Window.of(3).withPadding(1);

  private static Sequential network() {
    return new Sequential(
        new Conv2d(2, 5, PADDED, false),
        new BatchNorm(5),
        Activation.relu(),
        new Residual(new Sequential(new Conv2d(5, 5, PADDED, false), new BatchNorm(5))),
        new Flatten(),
        new BatchNorm(5 * 6 * 6),
        new Linear(5 * 6 * 6, 7));
  }

  @Test
  void startsWithStatisticsOfNormalNumbers() {
    BatchNorm layer = new BatchNorm(2);
    layer.init(1);
    assertEquals(
        List.of("weight", "bias", "running_mean", "running_var"),
        List.copyOf(layer.state().keySet()));
    Tensor x = normal(1, 3, 2);
    Tensor y = layer.forward(Var.of(x)).value();
    for (int i = 0; i < x.size(); i++) {
      assertEquals(x.get(i) / StrictMath.sqrt(1 + BatchNorm.EPSILON), y.get(i), 1e-6);
    }
  }

  /** Of 1, 2, 3, 6 the mean is 3, the variance 14/4, and 14/3 over m − 1. */
  @Test
  void statisticsMoveOnceAStep() {
    BatchNorm layer = new BatchNorm(1, 1e-5, 0.25);
    layer.allocate(DType.F64).init(1);
    Var x = Var.of(Tensor.of(Shape.of(2, 1, 2), 1.0, 2, 3, 6));
    layer.forward(x); // evaluation
    assertEquals(0, layer.state().get("running_mean").get(0));
    layer.train(1, 8);
    layer.forward(x);
    layer.forward(x);
    assertEquals(0.75, layer.state().get("running_mean").get(0));
    assertEquals(0.75 + 0.25 * 14 / 3, layer.state().get("running_var").get(0), 1e-15);
    layer.evaluate();
    layer.forward(x);
    layer.train(1, 8); // the step is taken again, as after a crash
    layer.forward(x);
    assertEquals(0.75 * 0.75 + 0.75, layer.state().get("running_mean").get(0));
  }

  /** A step that is evaluated, trained, or both on one tape; then the gradients of it. */
  private static Map<String, Tensor> gradients(boolean evaluated, boolean trained) {
    BatchNorm layer = new BatchNorm(3);
    layer.init(5);
    Var x = Var.input(normal(1, 4, 3, 5));
    Var other = Var.input(normal(2, 4, 3, 5));
    try (Tape tape = Tape.open(new OpContext(Workers.inline()))) {
      Var sum = Var.of(Tensor.zeros(DType.F32, Shape.of()));
      if (evaluated) {
        sum = sum.plus(layer.forward(x).times(Var.of(normal(3, 4, 3, 5))).sum());
      }
      if (trained) {
        layer.train(1, 8);
        sum = sum.plus(layer.forward(other).times(Var.of(normal(4, 4, 3, 5))).sum());
      }
      tape.backward(sum);
      Map<String, Tensor> gradients = new LinkedHashMap<>();
      gradients.put("weight", layer.weight().gradient().own());
      gradients.put("bias", layer.bias().gradient().own());
      if (evaluated) {
        gradients.put("x", x.gradient().own());
      }
      return gradients;
    }
  }

  /** The training pass moves the statistics before the evaluating pass goes back. */
  @Test
  void anEvaluationKeepsItsStatisticsForItsGradients() {
    Map<String, Tensor> evaluated = gradients(true, false);
    Map<String, Tensor> trained = gradients(false, true);
    Map<String, Tensor> both = gradients(true, true);
    assertSameBits(Map.of("x", evaluated.get("x")), Map.of("x", both.get("x")));
    for (String name : List.of("weight", "bias")) {
      for (int i = 0; i < 3; i++) {
        // the tape goes backwards: the training pass comes first
        float sum = (float) trained.get(name).get(i) + (float) evaluated.get(name).get(i);
        assertEquals(sum, (float) both.get(name).get(i), name);
      }
    }
  }

  private static Map<String, Tensor> afterTraining(Workers workers) {
    return afterTraining(network(), workers, 9, 2, 6, 6);
  }

  private static Map<String, Tensor> afterTraining(
      Sequential model, Workers workers, int... shape) {
    model.init(5);
    Sgd optimizer = new Sgd(model.parameters(), 0.1);
    OpContext context = new OpContext(workers);
    Var labels = Var.of(Tensor.zeros(DType.I32, Shape.of(shape[0])));
    for (int step = 0; step < 3; step++) {
      model.train(5, step);
      try (Tape tape = Tape.open(context)) {
        Var x = Var.of(normal(step, shape));
        tape.backward(model.forward(x).apply(new CrossEntropy(), labels));
      }
      optimizer.step(workers);
    }
    return copy(model.state());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void theSameOnAnyThreads(int threads) {
    int[] x = {32, 8, 40, 40};
    // each element of a result costs 6 operations or more: chunks of few images, and of few
    // channels
    assertTrue(Chunks.unitsPerChunk(32, 6 * 8 * 40 * 40) < 32 / 4);
    assertTrue(Chunks.unitsPerChunk(8, 6 * 32 * 40 * 40) < 8 / 4);
    Map<String, Tensor> alone = afterTraining(large(), Workers.inline(), x);
    assertNotEquals(0, alone.get("1.running_mean").get(0));
    try (Workers workers = Workers.of(threads)) {
      assertSameBits(alone, afterTraining(large(), workers, x));
    }
  }

  private static Sequential large() {
    return new Sequential(
        new Conv2d(8, 8, PADDED, false),
        new BatchNorm(8),
        Activation.relu(),
        new GlobalAvgPool(),
        new Flatten(),
        new Linear(8, 7));
  }

  /** [4, 1, 5] would be added to each channel of [4, 3, 5], and [4, 3, 5] to [4, 1, 5]. */
  @Test
  void aResidualStretchesNeitherPart() {
    Module body = new Conv1d(3, 1, 1);
    Residual block = new Residual(body);
    block.init(1);
    Var x = Var.of(normal(1, 4, 3, 5));
    String said = assertThrows(ShapeException.class, () -> block.forward(x)).getMessage();
    assertEquals(
        "residual: body gives [4, 1, 5] and shortcut gives [4, 3, 5], equal shapes expected", said);
  }

  @Test
  void gradients() {
    Sequential model = network();
    model.allocate(DType.F64).init(3);
    Var x = Var.of(normal(DType.F64, 3, 4, 2, 6, 6));
    Var factors = Var.of(normal(DType.F64, 4, 4, 7));
    model.train(1, 1);
    ModelCheck.require(model, () -> model.forward(x).times(factors).sum(), 1e-6);
    model.evaluate();
    ModelCheck.require(model, () -> model.forward(x).times(factors).sum(), 1e-6);
  }

  /** With statistics that are not those of the start. */
  @Test
  void aProgramIsTheNetwork(@TempDir Path folder) throws IOException {
    Map<String, Tensor> trained = afterTraining(Workers.inline());
    Sequential model = network();
    model.load(trained);
    TraceCheck.requireAsIs(model, folder, 2, 6, 6);
    assertSameBits(trained, model.state());
  }

  @Test
  void oneElementAChannel() {
    BatchNorm layer = new BatchNorm(3);
    layer.init(1);
    layer.train(1, 1);
    Var x = Var.of(normal(1, 1, 3));
    String said = assertThrows(ShapeException.class, () -> layer.forward(x)).getMessage();
    assertTrue(said.contains("use a larger batch, or evaluation mode"), said);
  }

  private static void assertRefuses(String message, int channels, double epsilon, double momentum) {
    String said =
        assertThrows(
                IllegalArgumentException.class, () -> new BatchNorm(channels, epsilon, momentum))
            .getMessage();
    assertEquals(message, said);
  }

  @Test
  void wrongSettings() {
    assertRefuses("batchNorm: 0 channels, 1 at least", 0, 1e-5, 0.1);
    assertRefuses("batchNorm: epsilon 0.0, a finite number above 0 expected", 3, 0, 0.1);
    assertRefuses("batchNorm: momentum 1.1, a number from 0 to 1 expected", 3, 1, 1.1);
    assertRefuses("batchNorm: momentum NaN, a number from 0 to 1 expected", 3, 1, Double.NaN);
  }
}
