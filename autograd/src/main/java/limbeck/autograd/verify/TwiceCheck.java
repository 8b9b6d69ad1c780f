package limbeck.autograd.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import limbeck.autograd.Module;
import limbeck.autograd.ParameterStore;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;

/** See {@link ModelCheck#twice} and {@link DeterminismCheck#step}. */
final class TwiceCheck {
  private static final String LOSS = "the loss";

  private static final int[] THREADS = {2, 3, 8};

  private final ParameterStore store;
  private final Supplier<Var> loss;
  private final Var[] inputs;
  private final Buffers buffers;

  TwiceCheck(Module model, Supplier<Var> loss, Var... inputs) {
    this.store = model.parameters();
    this.loss = loss;
    this.inputs = inputs;
    this.buffers = new Buffers(model);
  }

  void require() {
    requireThreads(pass(KernelProvider.f32(), Workers.inline()), 3);
  }

  /** By any number of threads, and by plain loops as by vectors. */
  void requireEverywhere() {
    Map<String, Tensor> first = pass(KernelProvider.f32(), Workers.inline());
    requireThreads(first, THREADS);
    Map<String, Tensor> plain = pass(KernelProvider.plainF32(), Workers.inline());
    requireSame(first, plain, "by scalar kernels instead of " + KernelProvider.f32().name());
  }

  private void requireThreads(Map<String, Tensor> first, int... counts) {
    for (int count : counts) {
      try (Workers workers = Workers.of(count)) {
        Map<String, Tensor> other = pass(KernelProvider.f32(), workers);
        requireSame(first, other, "in another pass, by " + count + " threads,");
      }
    }
  }

  /**
   * Of a context whose memory turns into NaN when given back, so that nothing stale goes unseen.
   */
  private Map<String, Tensor> pass(Kernels kernels, Workers workers) {
    return pass(new OpContext(kernels, workers, Workspace.poisoning()));
  }

  /** The loss and all gradients of a pass, whose tape gives them a second time. */
  private Map<String, Tensor> pass(OpContext context) {
    Map<String, Tensor> numbers = new LinkedHashMap<>();
    store.clearGradients();
    try (Tape tape = Tape.open(context)) {
      Var value = loss.get();
      tape.backward(value);
      put(numbers, LOSS, value.value());
      for (int k = 0; k < inputs.length; k++) {
        put(numbers, "input " + k, inputs[k].gradient());
      }
      putGradients(numbers);
      Map<String, Tensor> again = new LinkedHashMap<>(numbers);
      store.clearGradients();
      tape.backward(value);
      putGradients(again); // those of inputs add up on one tape
      requireSame(numbers, again, "once more over the same tape");
    } finally {
      buffers.restore();
      store.clearGradients();
    }
    return numbers;
  }

  private void putGradients(Map<String, Tensor> numbers) {
    store.parameters().forEach((path, p) -> put(numbers, path, p.gradient()));
  }

  private static void put(Map<String, Tensor> numbers, String name, Tensor t) {
    if (t != null) {
      numbers.put(name, t.own());
    }
  }

  private static void requireSame(
      Map<String, Tensor> first, Map<String, Tensor> second, String when) {
    for (Map.Entry<String, Tensor> e : first.entrySet()) {
      requireSame(e.getKey(), e.getValue(), second.get(e.getKey()), when);
    }
    if (!first.keySet().equals(second.keySet())) {
      throw new AssertionError(
          "modelCheck: gradients of " + first.keySet() + ", " + when + " of " + second.keySet());
    }
  }

  private static void requireSame(String name, Tensor a, Tensor b, String when) {
    for (int i = 0; b != null && i < a.size(); i++) {
      boolean same = Double.doubleToLongBits(a.get(i)) == Double.doubleToLongBits(b.get(i));
      if (!same || Double.isNaN(a.get(i))) { // NaN: what an op has left unwritten
        String what = name.equals(LOSS) ? name : "the gradient of " + name + "[" + i + "]";
        throw new AssertionError(
            "modelCheck: " + what + " is " + a.get(i) + ", " + when + " " + b.get(i));
      }
    }
  }
}
