package limbeck.engine.law;

import java.util.List;
import java.util.SplittableRandom;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.CumSum;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Op;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.Scale;
import limbeck.engine.op.layout.Flip;
import limbeck.engine.op.layout.Pad;
import limbeck.engine.op.layout.Permute;
import limbeck.engine.op.layout.Scatter;
import limbeck.engine.op.layout.ScatterAdd;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.layout.SliceAs;
import limbeck.engine.op.layout.TakeAlong;
import limbeck.engine.op.layout.Tile;
import limbeck.engine.op.layout.Triangle;
import limbeck.engine.op.nn.AdaptiveAvgPool;
import limbeck.engine.op.nn.AvgPool;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.op.nn.ConvTranspose;
import limbeck.engine.op.nn.GlobalAvgPool;
import limbeck.engine.op.nn.Resize;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * An op that is linear in its first operand, with further operands that stay.
 *
 * @param op in some setting
 * @param x the shape of the first operand
 * @param others the further ones
 */
record LinearCase(Op op, Shape x, Tensor... others) {
  static final int KINDS = 22;

  /** One of {@link #KINDS}, with shapes and numbers that a generator decides. */
  static LinearCase drawn(int kind, SplittableRandom random) {
    int a = 1 + random.nextInt(5);
    int b = 1 + random.nextInt(5);
    int c = 1 + random.nextInt(18);
    Shape x = Shape.of(a, b, c);
    int axis = random.nextInt(3);
    boolean flag = random.nextBoolean();
    return switch (kind) {
      case 0 -> new LinearCase(new Scale(-1.5), x);
      case 1 -> new LinearCase(new Sum(List.of(axis), flag), x);
      case 2 -> new LinearCase(new Mean(List.of(axis), flag), x);
      case 3 -> new LinearCase(Permute.to(2, 0, 1), x);
      case 4 -> new LinearCase(Flip.of(axis), x);
      case 5 -> new LinearCase(new CumSum(axis, flag, random.nextBoolean()), x);
      case 6 -> new LinearCase(new Pad(List.of(1, 0, 2), List.of(0, 3, 1), 0), x);
      case 7 ->
          new LinearCase(new Slice(2, random.nextInt(c), Slice.END, 1 + random.nextInt(2)), x);
      case 8 -> new LinearCase(Tile.of(2, 1, 3), x);
      case 9 -> new LinearCase(Reshape.to(-1), x);
      case 10 -> new LinearCase(new Triangle(flag, random.nextInt(5) - 2), x);
      case 11 -> new LinearCase(new TakeAlong(2), x, indices(random, Shape.of(a, b, 1 + c / 2), c));
      case 12 -> {
        Shape taken = Shape.of(a, b, 2);
        Tensor zeros = Tensor.zeros(DType.F64, taken); // with what is added it is affine
        yield new LinearCase(new ScatterAdd(2), x, indices(random, taken, c), zeros);
      }
      case 13 ->
          new LinearCase(
              new MatMul(false, flag), x, numbers(random, flag ? Shape.of(4, c) : Shape.of(c, 4)));
      case 14 -> new LinearCase(new Mul(), x, numbers(random, Shape.of(b, flag ? 1 : c)));
      case 15 -> new LinearCase(new Resize(List.of(1 + random.nextInt(9)), flag), x);
      case 16 -> new LinearCase(new AdaptiveAvgPool(List.of(1 + random.nextInt(9))), x);
      case 17 ->
          new LinearCase(flag ? new GlobalAvgPool() : new AvgPool(List.of(window(c)), true), x);
      case 18 ->
          new LinearCase(
              new Conv(List.of(window(c)), 1, false),
              x,
              numbers(random, Shape.of(3, b, window(c).size())));
      case 19 ->
          new LinearCase(
              new ConvTranspose(List.of(window(c)), List.of(0), 1, false),
              x,
              numbers(random, Shape.of(b, 3, window(c).size())));
      case 20 -> {
        Shape taken = Shape.of(a, b, 2);
        Tensor zeros = Tensor.zeros(DType.F64, taken);
        yield new LinearCase(new Scatter(2), x, indices(random, taken, c), zeros);
      }
      case 21 -> {
        Tensor like = Tensor.zeros(DType.F64, Shape.of(1 + random.nextInt(x.axis(axis))));
        yield new LinearCase(new SliceAs(axis, 0), x, like);
      }
      default -> throw new IllegalArgumentException("kind " + kind);
    };
  }

  private static Window window(int length) {
    return new Window(Math.min(3, length), 2, length > 2 ? 1 : 0, 1);
  }

  static Tensor numbers(SplittableRandom random, Shape shape) {
    return Applied.drawn(random, DType.F64, 2, shape);
  }

  private static Tensor indices(SplittableRandom random, Shape shape, int below) {
    Tensor t = Tensor.zeros(DType.I32, shape);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.nextInt(below));
    }
    return t;
  }

  Applied on(Tensor first) {
    Tensor[] in = new Tensor[others.length + 1];
    in[0] = first;
    System.arraycopy(others, 0, in, 1, others.length);
    return Applied.of(op, in);
  }
}
