package limbeck.engine.op;

import java.util.List;
import java.util.Map;
import limbeck.engine.op.index.IndexOp;
import limbeck.engine.op.index.ToFloats;
import limbeck.engine.op.layout.LayoutOp;
import limbeck.engine.op.nn.AddPositions;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.ChannelOp;
import limbeck.engine.op.nn.Gru;
import limbeck.engine.op.nn.LastStep;
import limbeck.engine.op.nn.LayerNorm;
import limbeck.engine.op.nn.ProjectedLstm;
import limbeck.engine.op.nn.RecurrentOp;
import limbeck.engine.op.nn.RotatePositions;
import limbeck.engine.op.nn.StepPooling;
import limbeck.engine.op.reduce.ReduceOp;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * One differentiable operation: its output shape, forward, backward, and the facts a checker needs.
 * An op is a value (a record of its settings); it knows no tape, no module and no batch size.
 *
 * <p>This list, with those of the sealed interfaces in it, is the catalogue of all ops: tests walk
 * it, and an op without a catalogue entry in the tests fails the build. {@link CustomOp} is the one
 * open branch, for ops of other modules.
 *
 * <p>Contract. {@code forward} and {@code backward} <em>overwrite</em> every element of their
 * outputs, whose contents are undefined before; only the tape adds gradients up. They change no
 * operand, and keep none of the arrays that they are given: callers use them again. Operands of one
 * op share one floating type; I32 operands (labels, lengths) come beside it. The result of an op
 * depends on its operands alone, never on the number of threads or the kernels in use.
 */
public sealed interface Op
    permits ElementwiseOp,
        BroadcastOp,
        RowwiseOp,
        MaskedRowwiseOp,
        LayoutOp,
        ReduceOp,
        LossOp,
        RowSparseOp,
        MatMul,
        Linear,
        Dropout,
        Reshape,
        LayerNorm,
        RecurrentOp,
        ProjectedLstm,
        Gru,
        LastStep,
        StepPooling,
        Attention,
        AddPositions,
        RotatePositions,
        CumSum,
        IndexOp,
        ToFloats,
        ChannelOp,
        CustomOp {

  /**
   * The shape of the result.
   *
   * @throws limbeck.engine.tensor.ShapeException if the operands do not fit this op or each other
   */
  Shape infer(Shape... in);

  /**
   * Operands [n, k] that another one is multiplied by, transposed. Where they are constants a
   * runner packs them once.
   */
  default List<Integer> matrices() {
    return List.of();
  }

  /**
   * The shape of the buffer that {@code forward} leaves for {@code backward} in {@link
   * OpContext#saved()}; null if there is none. The buffer has the operands' floating type.
   */
  default Shape saved(Shape... in) {
    return null;
  }

  /**
   * Whether forward does without its saved buffer where no backward follows. Programs then give
   * none: {@link OpContext#saved()} is null.
   */
  default boolean savesForBackwardOnly() {
    return false;
  }

  /**
   * The type of the result: that of the operands. An op that makes numbers of I32 alone names one.
   *
   * @param operands the floating type that the operands share; null if they are all I32
   * @return null if there is nothing to tell it by
   */
  default DType resultType(DType operands) {
    return operands;
  }

  /** Writes the result into {@code out}, and {@code c.saved()} if this op has such a buffer. */
  void forward(OpContext c, Tensor[] in, Tensor out);

  /**
   * Whether {@code forward} calls {@link OpContext#finish()}, where there is one: exactly once for
   * every element of its result, as soon as that has its value. Programs then have it do the steps
   * that follow.
   */
  default boolean finishes() {
    return false;
  }

  /**
   * Writes d loss / d in[k] into {@code gradIn[k]} for every k whose entry is not null, given d
   * loss / d out.
   *
   * @param gradOut has the shape of {@code out}
   * @param gradIn null where no gradient is wanted, and always for operands that are not {@link
   *     #differentiable}; at least one is not null
   */
  void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn);

  /** Whether there is a gradient with respect to operand {@code k}. */
  default boolean differentiable(int k) {
    return true;
  }

  /**
   * What operand {@code k} holds, checked where ops are applied and where programs are built: I32
   * if there is no gradient with respect to it, else numbers. Ops with other operands say so.
   */
  default OperandType operandType(int k) {
    return differentiable(k) ? OperandType.FLOATING : OperandType.INTEGERS;
  }

  /**
   * Multiply-adds of one forward pass, as summaries and rooflines count them: those of matrix
   * products, convolutions and the like; 0 for ops that only pass over their operands.
   */
  default long multiplyAdds(Shape... in) {
    return 0;
  }

  /**
   * The record's components by name, as a program's file holds them: numbers, booleans, strings and
   * lists of these; empty if there are none.
   */
  default Map<String, Object> settings() {
    return Map.of();
  }

  /** Facts for tests, messages, tables and export: a constant, asked for in every step. */
  OpSpec spec();
}
