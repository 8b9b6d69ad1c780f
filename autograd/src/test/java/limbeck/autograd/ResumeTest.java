package limbeck.autograd;

import static limbeck.autograd.Numbers.U;
import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.copy;
import static limbeck.autograd.Numbers.labels;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.autograd.optim.Adam;
import limbeck.autograd.optim.GradClip;
import limbeck.autograd.optim.MaxNorm;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.Schedule;
import limbeck.autograd.optim.Sgd;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training that is stopped, stored and resumed; and training in either floating type. */
class ResumeTest {
  private static final int STEPS = 12;
  private static final int BATCH = 17;

  /** A training in progress. */
  private static final class Training {
    final Linear hidden = new Linear(13, 21);
    final Sequential model =
        new Sequential(
            new Dropout(0.1), hidden, Activation.relu(), new Dropout(0.5), new Linear(21, 5));
    final OpContext context = new OpContext(Workers.inline());
    final Optimizer optimizer;
    double loss;

    Training(DType type, long seed, Function<ParameterStore, Optimizer> factory) {
      ParameterStore store = model.allocate(type);
      store.init(seed);
      optimizer = factory.apply(store);
    }

    void run(int from, int to) {
      Schedule rate = Schedule.cosine(0.1, 0.001).warmUp(0.2);
      DType type = model.parameters().values().dtype();
      for (int step = from; step < to; step++) {
        model.train(5, step);
        optimizer.rate(rate.at((double) step / STEPS));
        try (Tape tape = Tape.open(context)) {
          Var z = model.forward(Var.of(normal(type, step, BATCH, 13)));
          Var l = z.apply(new CrossEntropy(), Var.of(labels(step, BATCH, 5)));
          tape.backward(l);
          loss = l.item();
        }
        GradClip.norm(model.parameters(), 1);
        optimizer.step(context.workers());
        MaxNorm.apply(context.workers(), hidden.weight(), 0.8);
      }
    }
  }

  private static List<Function<ParameterStore, Optimizer>> optimizers() {
    return List.of(
        s -> new Sgd(s, 0.1),
        s -> new Sgd(s, 0.1, 0.9, true, 1e-3),
        s -> new Adam(s, 0.1),
        s -> Adam.w(s, 0.1, 0.01));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void resumedIsUninterrupted(Function<ParameterStore, Optimizer> factory) {
    Training whole = new Training(DType.F32, 3, factory);
    whole.run(0, STEPS);
    Training before = new Training(DType.F32, 3, factory);
    before.run(0, 7);
    Map<String, Tensor> weights = copy(before.model.state());
    Map<String, Tensor> state = copy(before.optimizer.state());
    before.run(7, 9);

    Training after = new Training(DType.F32, 99, factory); // weights come from the checkpoint
    assertNotEquals(weights.get("1.bias").get(0), after.model.state().get("1.bias").get(0));
    after.model.load(weights);
    after.optimizer.restore(7, state);
    after.run(7, STEPS);
    assertSameBits(whole.model.state(), after.model.state());
    assertSameBits(whole.optimizer.state(), after.optimizer.state());
    assertEquals(whole.loss, after.loss);
  }

  /**
   * The same training in float64 and float32. One step adds rounding errors of some tens of U to
   * weights of order one (sums of 21 terms, times rates of at most 0.1); a dozen steps of a smooth
   * loss amplify them by less than a hundredfold.
   */
  @Test
  void float64AgreesWithFloat32() {
    Function<ParameterStore, Optimizer> sgd = s -> new Sgd(s, 0.1, 0.9, true, 1e-3);
    Training single = new Training(DType.F32, 3, sgd);
    Training twice = new Training(DType.F64, 99, sgd);
    twice.model.load(single.model.state());
    single.run(0, STEPS);
    twice.run(0, STEPS);
    assertEquals(twice.loss, single.loss, 1e4 * U);
    double most = 0;
    for (Map.Entry<String, Tensor> e : twice.model.state().entrySet()) {
      assertEquals(DType.F64, e.getValue().dtype());
      Tensor rounded = single.model.state().get(e.getKey());
      for (int i = 0; i < rounded.size(); i++) {
        most = Math.max(most, Math.abs(e.getValue().get(i) - rounded.get(i)));
      }
    }
    assertTrue(most > 0 && most < 1e4 * U, "largest difference " + most);
  }
}
