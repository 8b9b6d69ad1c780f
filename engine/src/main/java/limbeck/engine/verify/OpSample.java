package limbeck.engine.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpSpec;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * One configuration to check an op in: the operands' shapes and values. Values not given are drawn
 * from the domain that the op's {@link OpSpec} names, away from its kinks, the same at every call.
 *
 * @param name for reports
 * @param operands in the op's order
 * @param differences whether central differences can tell the gradient: not at extreme values
 * @param refusal texts that the error message must contain if the shapes are wrong on purpose;
 *     empty if they are right
 */
public record OpSample(
    String name, List<Operand> operands, boolean differences, List<String> refusal) {

  private static final long SEED = 2015;
  private static final double KINK_DISTANCE = 0.01;

  /**
   * An operand of a sample.
   *
   * @param shape its axes
   * @param classes above 0: an I32 operand, with values from 0 to below this unless they are given;
   *     0: a floating operand
   * @param values by element, or null for the op's domain
   * @param batched whether its leading axis counts examples that do not influence each other
   */
  public record Operand(Shape shape, int classes, IntToDoubleFunction values, boolean batched) {}

  /** Keeps the lists unmodifiable. */
  public OpSample {
    operands = List.copyOf(operands);
    refusal = List.copyOf(refusal);
  }

  /** A sample with floating operands of these shapes. */
  public static OpSample of(String name, Shape... shapes) {
    List<Operand> operands = new ArrayList<>();
    for (Shape shape : shapes) {
      operands.add(new Operand(shape, 0, null, false));
    }
    return new OpSample(name, operands, true, List.of());
  }

  /** With operand {@code k} made of labels 0 to {@code classes − 1}, of type I32. */
  public OpSample labels(int k, int classes) {
    Operand o = operands.get(k);
    return with(k, new Operand(o.shape, classes, o.values, o.batched));
  }

  /** With operand {@code k} made of these integers by element, of type I32. */
  public OpSample integers(int k, IntUnaryOperator integers) {
    return labels(k, Integer.MAX_VALUE).values(k, integers::applyAsInt);
  }

  /** With values for operand {@code k} by element, rounded to float where they are not of I32. */
  public OpSample values(int k, IntToDoubleFunction values) {
    Operand o = operands.get(k);
    return with(k, new Operand(o.shape, o.classes, values, o.batched));
  }

  /**
   * With these operands' leading axes, and the result's, counting examples: an example must have
   * the same bits in any batch.
   */
  public OpSample batched(int... which) {
    OpSample sample = this;
    for (int k : which) {
      Operand o = sample.operands.get(k);
      sample = sample.with(k, new Operand(o.shape, o.classes, o.values, true));
    }
    return sample;
  }

  /** With values so large that no finite difference tells the gradient. */
  public OpSample extreme() {
    return new OpSample(name, operands, false, refusal);
  }

  /** With wrong shapes, and what the op's message about them must contain. */
  public OpSample refused(String... texts) {
    return new OpSample(name, operands, differences, List.of(texts));
  }

  /** With another shape of operand {@code k}, of which it takes its name. */
  public OpSample with(int k, Shape shape) {
    Operand o = operands.get(k);
    OpSample other = with(k, new Operand(shape, o.classes, null, false));
    return new OpSample("operand " + k + " " + shape, other.operands, differences, refusal);
  }

  private OpSample with(int k, Operand operand) {
    List<Operand> changed = new ArrayList<>(operands);
    changed.set(k, operand);
    return new OpSample(name, changed, differences, refusal);
  }

  Shape[] shapes() {
    return operands.stream().map(Operand::shape).toArray(Shape[]::new);
  }

  boolean isBatched() {
    return operands.stream().anyMatch(Operand::batched);
  }

  /**
   * The operands of an op; floating ones hold float values, so that both types compute with the
   * same.
   */
  public Tensor[] tensors(Op op, DType type) {
    Tensor[] tensors = new Tensor[operands.size()];
    for (int k = 0; k < tensors.length; k++) {
      Operand o = operands.get(k);
      tensors[k] = Tensor.zeros(o.classes > 0 ? DType.I32 : type, o.shape);
      Philox random = new Philox(SEED, k);
      for (int i = 0; i < o.shape.size(); i++) {
        tensors[k].set(i, value(op.spec(), o, random, i));
      }
    }
    return tensors;
  }

  private static double value(OpSpec spec, Operand o, Philox random, int i) {
    if (o.values != null) {
      double value = o.values.applyAsDouble(i);
      return o.classes > 0 ? value : (float) value;
    }
    if (o.classes > 0) {
      return random.below(i, o.classes);
    }
    double x = spec.low() + (spec.high() - spec.low()) * random.uniformDouble(i);
    for (double kink : spec.kinks()) {
      if (Math.abs(x - kink) < KINK_DISTANCE) {
        x = kink + (x < kink ? -KINK_DISTANCE : KINK_DISTANCE);
      }
    }
    return (float) x;
  }

  /** A gradient of the result, float values in [−1, 1]. */
  static Tensor gradient(DType type, Shape shape) {
    Tensor t = Tensor.zeros(type, shape);
    Philox random = new Philox(SEED, 1000);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, (float) (2 * random.uniformDouble(i) - 1));
    }
    return t;
  }
}
