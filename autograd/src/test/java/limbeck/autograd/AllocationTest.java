package limbeck.autograd;

import static limbeck.autograd.Numbers.labels;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.autograd.optim.MaxNorm;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.Sgd;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.CrossEntropy;
import org.junit.jupiter.api.Test;

/** What a training step allocates on the heap, once memory has its size. */
class AllocationTest {
  private static final int WARM_UP = 25;
  private static final int TURNS = 5;
  private static final int STEPS = 4;
  private static final long MOST = 64 << 10;

  private final Linear first = new Linear(784, 1200);
  private final Linear second = new Linear(1200, 1200);
  private final Sequential model =
      new Sequential(
          new Dropout(0.2),
          first,
          Activation.relu(),
          new Dropout(0.5),
          second,
          Activation.relu(),
          new Dropout(0.5),
          new Linear(1200, 10));
  private final Var x = Var.of(normal(1, 100, 784));
  private final Var labels = Var.of(labels(2, 100, 10));

  private void train(Optimizer optimizer, OpContext context, int from, int to) {
    for (int step = from; step < to; step++) {
      model.train(1, step);
      try (Tape tape = Tape.open(context)) {
        tape.backward(model.forward(x).apply(new CrossEntropy(), labels));
      }
      optimizer.step(context.workers());
      MaxNorm.apply(context.workers(), first.weight(), 3);
      MaxNorm.apply(context.workers(), second.weight(), 3);
    }
  }

  private static long allocated(ThreadMXBean bean) {
    long sum = 0;
    for (long bytes : bean.getThreadAllocatedBytes(bean.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  /** Threads of the host may allocate at any time: the least of several turns is the step's own. */
  @Test
  void aStepAllocatesLittle() {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
            && bean.isThreadAllocatedMemorySupported(),
        "this JVM does not count allocated bytes");
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    model.init(1);
    Optimizer optimizer = new Sgd(model.parameters(), 0.01, 0.9, true, 0);
    long least = Long.MAX_VALUE;
    try (Workers workers = Workers.of(2)) {
      OpContext context = new OpContext(workers);
      train(optimizer, context, 0, WARM_UP);
      for (int turn = 0; turn < TURNS; turn++) {
        long before = allocated(bean);
        int from = WARM_UP + turn * STEPS;
        train(optimizer, context, from, from + STEPS);
        long bytes = (allocated(bean) - before) / STEPS;
        System.err.println("turn " + turn + " " + bytes);
        least = Math.min(least, bytes);
      }
    }
    long bytes = least;
    assertTrue(bytes <= MOST, () -> "a step allocates " + bytes + " bytes, at most " + MOST);
  }
}
