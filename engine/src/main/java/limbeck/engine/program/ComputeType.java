package limbeck.engine.program;

import limbeck.engine.op.OperandType;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.ShapeException;

/** The one floating type that a program computes in. */
final class ComputeType {
  private ComputeType() {}

  /**
   * The type of the first floating constant, else of the first floating input, else what the first
   * op makes of I32 that makes numbers of it.
   *
   * @throws ShapeException if there is none of these, or if a step reads a value of a type that its
   *     op does not expect there, or of another floating type, or makes one
   */
  static DType of(Program program) {
    DType type = first(program);
    if (type == null) {
      throw new ShapeException("program: neither an input nor a constant has a floating type");
    }
    for (int i = 0; i < program.steps().size(); i++) {
      check(program, type, i);
    }
    return type;
  }

  private static DType first(Program program) {
    for (Program.Constant c : program.constants()) {
      if (c.value().dtype().isFloating()) {
        return c.value().dtype();
      }
    }
    for (Input input : program.inputs()) {
      if (input.type().isFloating()) {
        return input.type();
      }
    }
    for (Program.Step step : program.steps()) {
      DType made = step.op().resultType(null);
      if (made != null && made.isFloating()) {
        return made;
      }
    }
    return null;
  }

  private static void check(Program program, DType type, int i) {
    Program.Step step = program.steps().get(i);
    String who = "program: step " + i + " (" + step.op().spec().name() + ") ";
    for (int k = 0; k < step.operands().size(); k++) {
      int value = step.operands().get(k);
      DType found = value < program.firstResult() ? leaf(program, value) : type;
      OperandType wanted = step.op().operandType(k);
      if (!wanted.takes(found)) {
        String name = step.op().spec().operands().get(k).name();
        throw new ShapeException(
            who + "reads " + name + " of type " + found + ", " + wanted + " expected");
      }
      if (found.isFloating()) {
        require(type, found, who + "reads");
      }
    }
    require(type, step.op().resultType(type), who + "makes");
  }

  private static void require(DType type, DType found, String who) {
    if (found != type) {
      throw new ShapeException(
          who + " a value of type " + found + ", but the program computes in " + type);
    }
  }

  private static DType leaf(Program program, int value) {
    int inputs = program.inputs().size();
    return value < inputs
        ? program.inputs().get(value).type()
        : program.constants().get(value - inputs).value().dtype();
  }
}
