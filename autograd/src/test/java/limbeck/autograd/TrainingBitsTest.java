package limbeck.autograd;

import static limbeck.autograd.Numbers.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.autograd.optim.GradClip;
import limbeck.autograd.optim.MaxNorm;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.Sgd;
import limbeck.engine.exec.Chunks;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.kernel.Kernels;
import limbeck.engine.kernel.scalar.ScalarKernels;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.SoftTargets;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.tensor.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole training steps have the same bits, whoever computes them, in whatever memory. */
class TrainingBitsTest {
  private static final int BATCH = 520;
  private static final int INPUTS = 33;
  private static final int HIDDEN = 517;
  private static final int CLASSES = 11;
  private static final int STEPS = 2;

  /** On the fastest kernels, in one thread. */
  private static final Map<String, Tensor> EXPECTED =
      train(on(KernelProvider.f32(), Workers.inline()));

  /** A multilayer perceptron with dropout, whose hidden layer is used twice. */
  private static final class Student extends Module {
    private final Dropout inputDropout = child("drop0", new Dropout(0.2));
    private final Linear first = child("fc1", new Linear(INPUTS, HIDDEN));
    private final Dropout dropout = child("drop1", new Dropout(0.5));
    private final Linear second = child("fc2", new Linear(HIDDEN, HIDDEN));
    private final Linear last = child("fc3", new Linear(HIDDEN, CLASSES));
    private final Activation relu = child("relu", Activation.relu());
    private final Activation gelu = child("gelu", Activation.gelu());

    @Override
    public Var forward(Var x) {
      Var h = dropout.forward(relu.forward(first.forward(inputDropout.forward(x))));
      Var k = gelu.forward(second.forward(h));
      return last.forward(k.plus(h));
    }
  }

  private static Map<String, Tensor> train(OpContext context) {
    Student student = new Student();
    student.init(3);
    Student teacher = new Student();
    teacher.init(4);
    Optimizer optimizer = new Sgd(student.parameters(), 0.1, 0.9, true, 1e-4);
    for (int step = 0; step < STEPS; step++) {
      Tensor x = Numbers.normal(step, BATCH, INPUTS);
      student.train(3, step);
      try (Tape tape = Tape.open(context)) {
        Var taught = Var.of(teacher.infer(x, context));
        Var z = student.forward(Var.of(x));
        Var hard = z.apply(new CrossEntropy(), Var.of(Numbers.labels(step, BATCH, CLASSES)));
        tape.backward(z.apply(new SoftTargets(4), taught).times(0.9).plus(hard.times(0.1)));
      }
      GradClip.norm(student.parameters(), 1);
      optimizer.step(context.workers());
      MaxNorm.apply(context.workers(), student.second.weight(), 0.5);
    }
    return student.state();
  }

  private static OpContext on(Kernels kernels, Workers workers) {
    return new OpContext(kernels, workers, new Workspace());
  }

  @Test
  void theModelIsLargeEnoughToBeShared() {
    assertTrue((long) BATCH * HIDDEN > Chunks.OPERATIONS_PER_CHUNK, "elementwise loops");
    assertTrue((long) HIDDEN * HIDDEN * 8 > 2 * Chunks.OPERATIONS_PER_CHUNK, "optimizer");
  }

  @Test
  void twiceTheSame() {
    OpContext context = on(KernelProvider.f32(), Workers.inline());
    assertSameBits(EXPECTED, train(context));
    assertSameBits(EXPECTED, train(context)); // the second time, in memory used before
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void anyNumberOfWorkers(int count) {
    try (Workers workers = Workers.of(count)) {
      assertSameBits(EXPECTED, train(on(KernelProvider.f32(), workers)));
    }
  }

  @Test
  void scalarKernels() {
    if (Boolean.getBoolean("expect.simd")) {
      assertEquals("simd", KernelProvider.f32().name()); // else this compares nothing
    }
    assertSameBits(EXPECTED, train(on(new ScalarKernels(), Workers.inline())));
  }

  @Test
  void nothingStaleIsRead() {
    OpContext poisoned =
        new OpContext(KernelProvider.f32(), Workers.inline(), Workspace.poisoning());
    for (int turn = 0; turn < 2; turn++) { // first on loose arrays, then in one slab
      Map<String, Tensor> trained = train(poisoned);
      assertSameBits(EXPECTED, trained);
      trained.forEach(
          (name, t) -> {
            for (int i = 0; i < t.size(); i++) {
              assertTrue(Double.isFinite(t.get(i)), name + " element " + i);
            }
          });
    }
  }
}
