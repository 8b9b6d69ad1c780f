package limbeck.bench.peers.rapaio;

import java.util.Map;
import limbeck.bench.peers.Party;
import limbeck.bench.peers.Task;
import limbeck.bench.workload.Case;
import limbeck.engine.random.Philox;
import rapaio.darray.DArray;
import rapaio.darray.DType;
import rapaio.darray.Shape;
import rapaio.nn.Loss;
import rapaio.nn.Network;
import rapaio.nn.Optimizer;
import rapaio.nn.Tensor;
import rapaio.nn.TensorManager;
import rapaio.nn.layer.Linear;
import rapaio.nn.layer.LogSoftmax;
import rapaio.nn.layer.ReLU;
import rapaio.nn.layer.Sequential;
import rapaio.nn.loss.NegativeLikelihoodLoss;

/**
 * rapaio 8.1.0: perceptrons and matrix products. It has no convolution, no attention and no
 * recurrent layer in this version. How many threads it uses follows from the processors that the
 * JVM sees: pin it.
 */
public final class Rapaio implements Party {
  private static final Map<String, int[]> PERCEPTRONS =
      Map.of(
          "mlp-teacher", new int[] {784, 1200, 1200, 10},
          "mlp-student", new int[] {784, 800, 800, 10},
          "mlp-tiny", new int[] {64, 64, 10});

  /** For the service loader. */
  public Rapaio() {}

  @Override
  public String name() {
    return "rapaio 8.1.0";
  }

  @Override
  public boolean can(Task t) {
    return t instanceof Task.Multiply
        || t instanceof Task.Step step && PERCEPTRONS.containsKey(step.of().workload());
  }

  @Override
  public Job start(Task t) {
    TensorManager manager = TensorManager.ofFloat().seed(1);
    if (t instanceof Task.Multiply product) {
      return job(manager, multiply(manager, product.product()));
    }
    Case c = ((Task.Step) t).of();
    Network network = network(manager, PERCEPTRONS.get(c.workload()), c.training());
    Tensor x = manager.strideTensor(Shape.of(c.input()), c.values());
    return job(
        manager,
        c.training()
            ? training(manager, network, x)
            : () -> network.forward11(x).value().getFloat(0, 0));
  }

  private static Job job(TensorManager manager, Runnable run) {
    return new Job() {
      @Override
      public void run() {
        run.run();
      }

      @Override
      public void close() {
        manager.close();
      }
    };
  }

  private static Network network(TensorManager manager, int[] widths, boolean training) {
    int layers = widths.length - 1;
    Network[] all = new Network[training ? 2 * layers : 2 * layers - 1];
    for (int i = 0; i < layers; i++) {
      all[2 * i] = new Linear(manager, widths[i], widths[i + 1], true);
      if (2 * i + 1 < all.length) {
        all[2 * i + 1] = i + 1 < layers ? new ReLU(manager) : new LogSoftmax(manager, 1);
      }
    }
    Network network = new Sequential(manager, all);
    if (training) {
      network.train();
    } else {
      network.eval();
    }
    return network;
  }

  /** As ours: forward, loss, backward, SGD with momentum, on labels that are all 0. */
  private static Runnable training(TensorManager manager, Network network, Tensor x) {
    Optimizer optimizer =
        Optimizer.SGD(manager, network.parameters()).lr.set(0.01).momentum.set(0.9);
    Loss loss = new NegativeLikelihoodLoss(manager);
    Tensor labels = manager.var(manager.zerosArray(DType.INTEGER, Shape.of(x.dim(0))));
    return () -> {
      optimizer.zeroGrad();
      loss.forward(network.forward11(x), labels).backward();
      optimizer.step();
    };
  }

  /** The operands lie in memory as ours do: transposed ones are views. */
  private static Runnable multiply(TensorManager manager, String product) {
    String[] parts = product.split(":");
    int m = Integer.parseInt(parts[1]);
    int n = Integer.parseInt(parts[2]);
    int k = Integer.parseInt(parts[3]);
    boolean transA = product.charAt(0) == 't';
    boolean transB = product.charAt(1) != 'n';
    DArray<?> a = transA ? numbers(manager, k, m).t() : numbers(manager, m, k);
    DArray<?> b = transB ? numbers(manager, n, k).t() : numbers(manager, k, n);
    return () -> a.mm(b);
  }

  private static DArray<?> numbers(TensorManager manager, int rows, int columns) {
    float[] x = new float[rows * columns];
    Philox random = new Philox(1);
    for (int i = 0; i < x.length; i++) {
      x[i] = random.uniform(i) - 0.5f;
    }
    return manager.strideArray(Shape.of(rows, columns), x);
  }
}
