package limbeck.autograd.verify;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import limbeck.autograd.Module;
import limbeck.autograd.ParameterStore;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.optim.Optimizer;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * Checks that a model of one's own keeps what Limbeck promises of bits: the same ones for any
 * number of threads, with vectors or without, in any batch, and after a stop.
 *
 * <pre>{@code
 * DeterminismCheck.step(model, () -> model.forward(x).apply(new CrossEntropy(), labels));
 * DeterminismCheck.rows(model, batch);
 * DeterminismCheck.resume(MyModel::new, store -> new Adam(store, 0.01), this::lossOf, 10);
 * }</pre>
 *
 * <p>A run of the JVM has vectors of one width; for others start it again with {@code
 * -Dlimbeck.simd=128}, {@code 256} or {@code 512}: each is compared with plain loops, and so with
 * all others. It needs no test library: a failure is an {@link AssertionError} that names what
 * differs, where, and between what.
 */
public final class DeterminismCheck {
  private DeterminismCheck() {}

  /**
   * Requires of a training step that the loss, and the gradients of all parameters and inputs, have
   * the same bits by 1, 2, 3 and 8 threads, by vectors and by plain loops, and when backward goes
   * over the same tape once more; and that none is NaN.
   *
   * @param model with values
   * @param loss computes the loss with the model, on the same inputs each time
   * @param inputs those of them whose gradient is compared, made by {@link Var#input}
   * @throws AssertionError naming what differs
   */
  public static void step(Module model, Supplier<Var> loss, Var... inputs) {
    new TwiceCheck(model, loss, inputs).requireEverywhere();
  }

  /**
   * Requires of inference that each example of a batch has the bits that it has alone. The model is
   * left in evaluation mode.
   *
   * @param batch [examples, …], two at least
   * @throws AssertionError naming the first element that differs
   * @throws IllegalArgumentException if there are not two examples, or the result has another
   *     number
   */
  public static void rows(Module model, Tensor batch) {
    int examples = batch.shape().rank() == 0 ? 0 : batch.shape().axis(0);
    if (examples < 2) {
      throw new IllegalArgumentException(
          "determinismCheck: a batch of two examples at least expected, given " + batch.shape());
    }
    model.evaluate();
    Tensor all = infer(model, batch);
    if (all.shape().rank() == 0 || all.shape().axis(0) != examples) {
      throw new IllegalArgumentException(
          "determinismCheck: "
              + examples
              + " examples give "
              + all.shape()
              + ", a row each expected");
    }
    for (int b = 0; b < examples; b++) {
      Tensor one = infer(model, batch.slice(b, b + 1));
      for (int i = 0; i < one.size(); i++) {
        double expected = all.get(b * one.size() + i);
        if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(one.get(i))) {
          throw new AssertionError(
              String.format(
                  Locale.ROOT,
                  "determinismCheck: element %d of example %d is %s in a batch of %d, %s alone",
                  i,
                  b,
                  expected,
                  examples,
                  one.get(i)));
        }
      }
    }
  }

  private static Tensor infer(Module model, Tensor x) {
    return model.infer(x, new OpContext(Workers.inline())).own();
  }

  /** The loss of a step of training. */
  @FunctionalInterface
  public interface StepLoss {
    /** Computes the loss of a model on the data of step {@code step}. */
    Var of(Module model, int step);
  }

  /**
   * Requires that a training which is stopped half way and goes on in a new model and a new
   * optimizer, from the first one's state and step number, ends at the same bits.
   *
   * @param models makes the model, without values
   * @param optimizers makes the optimizer
   * @param loss must depend on the model and the step alone
   * @param steps two at least
   * @throws AssertionError naming the first parameter that differs
   * @throws IllegalArgumentException if there are fewer steps: nothing would be stopped
   */
  public static void resume(
      Supplier<? extends Module> models,
      Function<ParameterStore, Optimizer> optimizers,
      StepLoss loss,
      int steps) {
    if (steps < 2) {
      throw new IllegalArgumentException(
          "determinismCheck: " + steps + " steps, two at least expected");
    }
    Training whole = new Training(models.get(), optimizers);
    whole.run(loss, 0, steps);
    Training first = new Training(models.get(), optimizers);
    first.run(loss, 0, steps / 2);
    Training second = new Training(models.get(), optimizers);
    second.model.load(copy(first.model.state()));
    second.optimizer.restore(first.optimizer.steps(), copy(first.optimizer.state()));
    second.run(loss, steps / 2, steps);
    Map<String, Tensor> expected = whole.model.state();
    second.model.state().forEach((path, t) -> requireSame(path, expected.get(path), t, steps));
  }

  private static void requireSame(String path, Tensor expected, Tensor found, int steps) {
    for (int i = 0; i < found.size(); i++) {
      if (Double.doubleToLongBits(expected.get(i)) != Double.doubleToLongBits(found.get(i))) {
        throw new AssertionError(
            "determinismCheck: after "
                + steps
                + " steps "
                + path
                + "["
                + i
                + "] is "
                + expected.get(i)
                + ", stopped and resumed "
                + found.get(i));
      }
    }
  }

  private static Map<String, Tensor> copy(Map<String, Tensor> tensors) {
    Map<String, Tensor> copy = new LinkedHashMap<>();
    tensors.forEach((name, t) -> copy.put(name, t.own()));
    return copy;
  }

  /** A training in progress. */
  private static final class Training {
    private static final long SEED = 1;

    final Module model;
    final Optimizer optimizer;
    private final OpContext context = new OpContext(Workers.inline());

    Training(Module ofModel, Function<ParameterStore, Optimizer> optimizers) {
      model = ofModel.init(SEED);
      optimizer = optimizers.apply(model.parameters());
    }

    void run(StepLoss loss, int from, int to) {
      for (int step = from; step < to; step++) {
        model.train(SEED, step);
        try (Tape tape = Tape.open(context)) {
          tape.backward(loss.of(model, step));
        }
        optimizer.step(context.workers());
      }
    }
  }
}
