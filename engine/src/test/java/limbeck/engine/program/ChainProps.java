package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Add;
import limbeck.engine.op.BroadcastOp;
import limbeck.engine.op.ElementwiseOp;
import limbeck.engine.op.LeakyRelu;
import limbeck.engine.op.Linear;
import limbeck.engine.op.Op;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Shift;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** Programs of random steps have the bits of their steps done one by one. */
class ChainProps {
  private static final int STEPS = 14;
  private static final Workers THREE = Workers.of(3);

  @AfterContainer
  static void close() {
    THREE.close();
  }

  private final List<Op> elementwise = withoutSettings();
  private final List<BroadcastOp> pairs = BroadcastOp.all();

  ChainProps() {
    elementwise.addAll(List.of(new Scale(0.5), new Shift(-0.25), new LeakyRelu(0.1)));
  }

  private static List<Op> withoutSettings() {
    List<Op> ops = new ArrayList<>();
    for (Class<?> type : ElementwiseOp.class.getPermittedSubclasses()) {
      if (type.getRecordComponents().length == 0) {
        try {
          ops.add((Op) type.getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
          throw new AssertionError(e);
        }
      }
    }
    return ops;
  }

  @Property(tries = 150)
  void linearLayers(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int width = 1 + random.nextInt(70);
    Program.Builder b = Program.builder(DType.F32, Shape.of(width));
    int w = b.constant("w", Networks.normal(1, width, width));
    int bias = b.constant("b", Networks.normal(2, width));
    int[] results = grow(b, random, x -> b.step(new Linear(), x, w, bias), x -> x);
    Shape in = Shape.of(1 + random.nextInt(40), width);
    check(b.build(), in);
    check(b.build(some(results, random)), in);
  }

  @Property(tries = 150)
  void convolutions(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int channels = 1 + random.nextInt(9);
    int height = 1 + random.nextInt(12);
    int width = 1 + random.nextInt(12);
    Program.Builder b = Program.builder(DType.F32, Shape.of(channels, height, width));
    int groups = random.nextInt(3) == 0 ? channels : 1; // depthwise at times
    int w = b.constant("w", Networks.normal(1, channels, channels / groups, 3, 3));
    int bias = b.constant("b", Networks.normal(2, channels));
    int gamma = b.constant("gamma", Networks.normal(3, channels));
    int variance = b.constant("variance", positive(Networks.normal(4, channels)));
    Window padded = Window.of(3).withPadding(1);
    Op conv = new Conv(List.of(padded, padded), groups, true);
    Op norm = new BatchNormInference(1e-5);
    int[] results =
        grow(
            b,
            random,
            x -> b.step(conv, x, w, bias),
            x -> b.step(norm, x, gamma, bias, bias, variance));
    Shape in = Shape.of(1 + random.nextInt(5), channels, height, width);
    check(b.build(), in);
    check(b.build(some(results, random)), in);
  }

  /** Blocks of residual networks, whose convolutions go by Winograd's tiles or not. */
  @Property(tries = 60)
  void residualBlocks(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int channels = 15 + random.nextInt(20);
    int height = 2 + random.nextInt(20);
    int width = random.nextBoolean() ? 16 + 16 * random.nextInt(2) : 2 + random.nextInt(20);
    Program.Builder b = Program.builder(DType.F32, Shape.of(channels, height, width));
    int w = b.constant("w", Networks.normal(1, channels, channels, 3, 3));
    int bias = b.constant("b", Networks.normal(2, channels));
    int gamma = b.constant("gamma", Networks.normal(3, channels));
    int variance = b.constant("variance", positive(Networks.normal(4, channels)));
    Window padded = Window.of(3).withPadding(1);
    boolean biased = random.nextBoolean();
    Op conv = new Conv(List.of(padded, padded), 1, biased);
    Op norm = new BatchNormInference(1e-5);
    int x = 0;
    for (int block = 0; block < 3; block++) {
      int y = biased ? b.step(conv, x, w, bias) : b.step(conv, x, w);
      y = b.step(norm, y, gamma, bias, bias, variance);
      if (random.nextBoolean()) {
        y = random.nextBoolean() ? b.step(new Add(), x, y) : b.step(new Add(), y, x);
      }
      x = random.nextInt(4) == 0 ? y : b.step(new Relu(), y);
    }
    check(b.build(), Shape.of(1 + random.nextInt(5), channels, height, width));
  }

  private static Tensor positive(Tensor t) {
    for (int i = 0; i < t.size(); i++) {
      t.set(i, Math.abs(t.get(i)));
    }
    return t;
  }

  private interface Layer {
    int on(int x);
  }

  /** Results of steps, some of them perhaps several times. */
  private static int[] some(int[] results, SplittableRandom random) {
    return random.ints(1 + random.nextInt(4), 0, results.length).map(i -> results[i]).toArray();
  }

  /** Steps on the last result, mostly, and others that were made before; returns all results. */
  private int[] grow(Program.Builder b, SplittableRandom random, Layer product, Layer norm) {
    List<Integer> values = new ArrayList<>(List.of(0));
    int last = product.on(0);
    for (int i = 0; i < STEPS; i++) {
      values.add(last);
      int other = values.get(random.nextInt(values.size()));
      int x = random.nextInt(8) == 0 ? other : last;
      last =
          switch (random.nextInt(8)) {
            case 0, 1 -> product.on(x);
            case 2 -> norm.on(x);
            case 3, 4 -> b.step(pairs.get(random.nextInt(pairs.size())), x, other);
            case 5 -> b.step(pairs.get(random.nextInt(pairs.size())), other, x);
            default -> b.step(elementwise.get(random.nextInt(elementwise.size())), x);
          };
    }
    values.add(last);
    values.add(product.on(last));
    int least = values.get(1);
    return values.stream().mapToInt(i -> i).filter(i -> i >= least).toArray();
  }

  private static void check(Program program, Shape in) {
    Tensor x = Networks.normal(9, in.toArray());
    Tensor[] expected = Eager.outputs(program, x);
    for (Workers workers : List.of(Workers.inline(), THREE)) {
      Runner runner = program.runner(workers);
      for (int turn = 0; turn < 2; turn++) { // in memory that holds something, too
        Tensor[] out = OutputsTest.run(runner, x);
        for (int k = 0; k < out.length; k++) {
          assertArrayEquals(expected[k].floats(), out[k].floats());
        }
      }
    }
  }
}
