package limbeck.autograd.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.op.Linear;
import limbeck.engine.op.Op;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.index.IndexOp;
import limbeck.engine.tensor.Shape;

/**
 * A program of ops drawn at random: a function of its seed. Values are numbered, the input is 0; a
 * step is an op on values and parameters, which are numbered downwards from −1. Examples of a batch
 * do not influence each other. {@link RandomSteps} knows which ops fit where.
 */
final class RandomModel extends Module {
  /** A batch for inferring shapes: a number that no other axis has. */
  static final int BATCH = 211;

  private record Step(Op op, int... operands) {}

  private final List<Step> steps = new ArrayList<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final long seed;

  /** A program of between 5 and 30 ops. */
  RandomModel(long seed) {
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    shapes.add(input(random));
    int least = 5 + random.nextInt(22);
    RandomSteps choices = new RandomSteps(this, random);
    while (steps.size() < least) {
      choices.grow();
    }
    int n = shape(last()).last();
    step(new Linear(), last(), parameter(1, 3, n), parameter(1, 3)); // so that there is a parameter
  }

  private static Shape input(SplittableRandom random) {
    int[] axes = new int[2 + random.nextInt(3)];
    axes[0] = BATCH;
    for (int i = 1; i < axes.length; i++) {
      axes[i] = 1 + random.nextInt(axes.length == 2 ? 20 : 6);
    }
    return Shape.of(axes);
  }

  /** The axes of the input, without the batch's. */
  int[] example() {
    Shape x = shapes.get(0);
    int[] axes = new int[x.rank() - 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = x.axis(i + 1);
    }
    return axes;
  }

  int size() {
    return steps.size();
  }

  /** The last value. */
  int last() {
    return shapes.size() - 1;
  }

  /** The shape of a value or of a parameter. */
  Shape shape(int operand) {
    return operand < 0 ? parameters.get(-1 - operand).shape() : shapes.get(operand);
  }

  /** Whether a value has a row of numbers, not of indices, for each example. */
  boolean isBatch(int value) {
    Shape x = shapes.get(value);
    boolean indices = value > 0 && steps.get(value - 1).op instanceof IndexOp;
    return x.rank() > 1 && x.axis(0) == BATCH && !indices;
  }

  /** Whether it jumps where numbers that are compared are equal. */
  boolean jumps() {
    return steps.stream().anyMatch(step -> step.op instanceof Compare);
  }

  /** Adds a step, and gives the number of its result. */
  int step(Op op, int... operands) {
    Shape[] in = new Shape[operands.length];
    for (int k = 0; k < in.length; k++) {
      in[k] = shape(operands[k]);
    }
    shapes.add(op.infer(in));
    steps.add(new Step(op, operands));
    return last();
  }

  /** Adds a parameter, and gives its number. */
  int parameter(double spread, int... axes) {
    Init init = Init.uniform(spread);
    parameters.add(parameter("p" + parameters.size(), Shape.of(axes), init));
    return -parameters.size();
  }

  @Override
  public Var forward(Var x) {
    List<Var> values = new ArrayList<>(List.of(x));
    for (Step step : steps) {
      Var first = operand(values, step.operands[0]);
      Var[] more = new Var[step.operands.length - 1];
      for (int k = 0; k < more.length; k++) {
        more[k] = operand(values, step.operands[k + 1]);
      }
      values.add(first.apply(step.op, more));
    }
    return values.get(values.size() - 1);
  }

  private Var operand(List<Var> values, int number) {
    return number < 0 ? parameters.get(-1 - number) : values.get(number);
  }

  /** The program, a line for each step: enough to write it down as a test. */
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder("program of seed " + seed + ", input " + shapes.get(0));
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      s.append("\n  v").append(i + 1).append(" = ").append(step.op);
      for (int operand : step.operands) {
        s.append(operand < 0 ? " p" + (-1 - operand) : " v" + operand).append(shape(operand));
      }
    }
    return s.toString();
  }
}
