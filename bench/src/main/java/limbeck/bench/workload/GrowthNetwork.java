package limbeck.bench.workload;

import java.util.Arrays;
import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.GlobalAvgPool;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Lstm;
import limbeck.autograd.module.Sequential;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.tensor.Shape;

/** A kind of network whose sizes {@link Growth} varies, and the sizes that it varies them from. */
enum GrowthNetwork {
  /** {@link Bert} with heads of 64. */
  TRANSFORMER(new Size(8, 64, 128, 2, 1)) {
    @Override
    Module network(Size s) {
      return new Bert(s.depth(), s.width(), Math.max(1, s.width() / 64), CLASSES);
    }

    @Override
    Shape example(Size s) {
      return Shape.of(s.length(), s.width());
    }
  },

  /** Layers of long short-term memory, as wide as their input. */
  LSTM(new Size(16, 32, 128, 1, 1)) {
    @Override
    Module network(Size s) {
      return new Layers(s);
    }

    @Override
    Shape example(Size s) {
      return Shape.of(s.length(), s.width());
    }
  },

  /** A perceptron, all hidden layers as wide as its input; it has no length. */
  MLP(new Size(64, 1, 512, 2, 1)) {
    @Override
    Module network(Size s) {
      int[] widths = new int[s.depth() + 2];
      Arrays.fill(widths, s.width());
      widths[s.depth() + 1] = CLASSES;
      return Workloads.mlp(widths);
    }

    @Override
    Shape example(Size s) {
      return Shape.of(s.width());
    }
  },

  /** Convolutions of 3 × 3 that keep the image's size; the length is its side. */
  CNN(new Size(16, 16, 32, 3, 1)) {
    @Override
    Module network(Size s) {
      Module[] layers = new Module[2 * s.depth() + 2];
      for (int i = 0; i < s.depth(); i++) {
        Window window = Window.of(3).withPadding(1);
        layers[2 * i] = new Conv2d(i == 0 ? COLOURS : s.width(), s.width(), window, true);
        layers[2 * i + 1] = Activation.relu();
      }
      layers[2 * s.depth()] = new GlobalAvgPool();
      layers[2 * s.depth() + 1] = new Linear(s.width(), CLASSES);
      return new Sequential(layers);
    }

    @Override
    Shape example(Size s) {
      return Shape.of(COLOURS, s.length(), s.length());
    }
  };

  /** Length of an output. */
  static final int CLASSES = 10;

  private static final int COLOURS = 3;

  /**
   * How large everything is.
   *
   * @param batch examples
   * @param length positions, steps, or pixels a side
   * @param width of layers
   * @param depth layers
   * @param threads workers
   */
  record Size(int batch, int length, int width, int depth, int threads) {
    /** The size with one of its numbers changed; {@code what} is that number's name. */
    Size with(String what, int value) {
      return switch (what) {
        case "batch" -> new Size(value, length, width, depth, threads);
        case "length" -> new Size(batch, value, width, depth, threads);
        case "width" -> new Size(batch, length, value, depth, threads);
        case "depth" -> new Size(batch, length, width, value, threads);
        case "threads" -> new Size(batch, length, width, depth, value);
        default -> throw new IllegalArgumentException(what);
      };
    }

    /** The number of that name. */
    int get(String what) {
      return switch (what) {
        case "batch" -> batch;
        case "length" -> length;
        case "width" -> width;
        case "depth" -> depth;
        case "threads" -> threads;
        default -> throw new IllegalArgumentException(what);
      };
    }
  }

  /** LSTM layers, then classes from the last step. */
  private static final class Layers extends Module {
    private final Lstm lstm;
    private final Linear classes;

    Layers(Size s) {
      lstm = child("lstm", new Lstm(s.width(), s.width(), s.depth(), 0));
      classes = child("classes", new Linear(s.width(), CLASSES));
    }

    @Override
    public Var forward(Var x) {
      return classes.forward(lstm.last(x, null));
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final Size base;

  GrowthNetwork(Size base) {
    this.base = base;
  }

  /** What can be varied. */
  List<String> axes() {
    return this == MLP
        ? List.of("batch", "width", "depth", "threads")
        : List.of("batch", "length", "width", "depth", "threads");
  }

  /** The sizes that are varied one at a time. */
  Size base() {
    return base;
  }

  /** A network without values. */
  abstract Module network(Size s);

  /** The shape of one input. */
  abstract Shape example(Size s);
}
