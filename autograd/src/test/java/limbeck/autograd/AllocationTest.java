package limbeck.autograd;

import static limbeck.autograd.Numbers.labels;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.AttentionMask;
import limbeck.autograd.module.BiLstm;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Embedding;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.autograd.module.TransformerEncoder;
import limbeck.autograd.module.TransformerSettings;
import limbeck.autograd.optim.LazyAdam;
import limbeck.autograd.optim.MaxNorm;
import limbeck.autograd.optim.Optimizer;
import limbeck.autograd.optim.Sgd;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Relu;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.tensor.Shape;
import org.junit.jupiter.api.Test;

/** What a training step allocates on the heap, once memory has its size. */
class AllocationTest {
  /** How long the compiler may take, with everything else that waits for it. */
  private static final long PATIENCE = 60_000_000_000L;

  private static final int STEPS = 3;
  private static final long MOST_BYTES = 64 << 10;

  /** For recording an op, its result, its gradients, and its share of tape and optimizer. */
  private static final long BYTES_PER_OP = 512;

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

  /** One training step. */
  private interface Step {
    void take(OpContext context, int number);
  }

  /**
   * Residual blocks of three small ops: what is allocated is what an op costs whatever its size.
   */
  private static final class Deep extends Module {
    static final int BLOCKS = 25;
    private final List<Linear> layers = new ArrayList<>();

    Deep() {
      for (int i = 0; i < BLOCKS; i++) {
        layers.add(child("layer" + i, new Linear(16, 16)));
      }
    }

    @Override
    public Var forward(Var x) {
      Var y = x;
      for (Linear layer : layers) {
        y = y.plus(layer.forward(y).apply(new Relu()));
      }
      return y;
    }
  }

  /** Words, their vectors, what both directions make of them, classes. */
  private static final class Reader extends Module {
    static final int WORDS = 3000;
    static final int OPS = 9;
    private final Embedding table = child("table", new Embedding(WORDS, 40));
    private final BiLstm lstm = child("lstm", new BiLstm(40, 24));
    private final Linear classes = child("classes", new Linear(48, 5));

    @Override
    public Var forward(Var ids) {
      return forward(ids, null);
    }

    Var forward(Var ids, Var lengths) {
      return classes.forward(lstm.ends(table.forward(ids), lengths));
    }
  }

  /** Bytes allocated so far by each thread that lives. */
  private static Map<Long, Long> allocated(ThreadMXBean bean) {
    long[] threads = bean.getAllThreadIds();
    long[] bytes = bean.getThreadAllocatedBytes(threads);
    Map<Long, Long> allocated = new HashMap<>();
    for (int i = 0; i < threads.length; i++) {
      allocated.put(threads[i], bytes[i]);
    }
    return allocated;
  }

  /** What the threads that live now have allocated since. */
  private static long allocatedSince(Map<Long, Long> before, ThreadMXBean bean) {
    long sum = 0;
    for (Map.Entry<Long, Long> e : allocated(bean).entrySet()) {
      sum += e.getValue() - before.getOrDefault(e.getKey(), 0L);
    }
    return sum;
  }

  /**
   * The bytes of a step. Until the compiler has seen a loop often enough, its vectors are objects;
   * so steps are taken until a turn of them is within the bound. Not reached in a minute, it never
   * is.
   */
  private static void assertAllocates(long most, int warmUp, Step step) {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean counting
            && counting.isThreadAllocatedMemorySupported(),
        "this JVM does not count allocated bytes");
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = Long.MAX_VALUE;
    try (Workers workers = Workers.of(2)) {
      OpContext context = new OpContext(workers);
      int number = 0;
      while (number < warmUp) {
        step.take(context, number++);
      }
      long start = System.nanoTime();
      while (bytes > most && System.nanoTime() - start < PATIENCE) {
        Map<Long, Long> before = allocated(bean);
        for (int i = 0; i < STEPS; i++) {
          step.take(context, number++);
        }
        bytes = allocatedSince(before, bean) / STEPS;
      }
    }
    long last = bytes;
    assertTrue(last <= most, () -> "a step allocates " + last + " bytes");
  }

  @Test
  void aStepAllocatesLittle() {
    model.init(1);
    Optimizer optimizer = new Sgd(model.parameters(), 0.01, 0.9, true, 0);
    assertAllocates(
        MOST_BYTES,
        20,
        (context, step) -> {
          model.train(1, step);
          try (Tape tape = Tape.open(context)) {
            tape.backward(model.forward(x).apply(new CrossEntropy(), labels));
          }
          optimizer.step(context.workers());
          MaxNorm.apply(context.workers(), first.weight(), 3);
          MaxNorm.apply(context.workers(), second.weight(), 3);
        });
  }

  @Test
  void anOpAllocatesAFewHundredBytes() {
    Deep deep = new Deep();
    deep.init(1);
    Optimizer optimizer = new Sgd(deep.parameters(), 1e-4);
    Var in = Var.of(normal(1, 8, 16));
    Var target = Var.of(labels(2, 8, 16));
    assertAllocates(
        (3 * Deep.BLOCKS + 1) * BYTES_PER_OP,
        500,
        (context, step) -> {
          try (Tape tape = Tape.open(context)) {
            tape.backward(deep.forward(in).apply(new CrossEntropy(), target));
          }
          optimizer.step(context.workers());
        });
  }

  /** About 60 ops, dropout among them, whose work is shared out by rows, heads and blocks. */
  @Test
  void aStepOfATransformerAllocatesLittle() {
    TransformerEncoder encoder =
        new TransformerEncoder(TransformerSettings.of(32, 4, 64), 4, false);
    encoder.init(1);
    Var sequences = Var.of(normal(1, 16, 40, 32));
    Var targets = Var.of(normal(2, 16, 40, 32));
    assertAllocates(
        MOST_BYTES,
        20,
        (context, step) -> {
          encoder.train(1, step);
          try (Tape tape = Tape.open(context)) {
            Var y = encoder.forward(sequences, AttentionMask.CAUSAL);
            tape.backward(y.apply(SquaredError.mean(), targets));
          }
          encoder.parameters().clearGradients();
        });
  }

  /** Gradients of few rows and recurrent layers hold on to their memory, whatever comes. */
  @Test
  void aReaderOfTextAllocatesLittle() {
    Reader reader = new Reader();
    reader.init(1);
    Optimizer optimizer = new LazyAdam(reader.parameters(), 1e-3);
    Var target = Var.of(labels(2, 30, 5));
    Var lengths = Var.of(labels(3, 30, 21));
    Var[] ids = new Var[10];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = Var.of(labels(10 + i, 30 * 20, Reader.WORDS).reshape(Shape.of(30, 20)));
    }
    assertAllocates(
        2 * Reader.OPS * BYTES_PER_OP,
        100,
        (context, step) -> {
          try (Tape tape = Tape.open(context)) {
            Var classes = reader.forward(ids[step % ids.length], lengths);
            tape.backward(classes.apply(new CrossEntropy(), target));
          }
          optimizer.step(context.workers());
        });
  }
}
