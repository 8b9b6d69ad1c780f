package limbeck.engine.program;

import limbeck.engine.op.OperandType;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.ShapeException;

/**
 * The type of each value of a program: integers, or numbers, which are all of the one floating type
 * that the program computes in.
 */
final class ValueTypes {
  private final Program program;
  private final DType[] types;
  private final DType computing;

  /**
   * Finds the types. Numbers have that of the first floating constant, else of the first floating
   * input, else what the first op makes of I32 that makes numbers of it. Where there are none of
   * these there are no numbers.
   *
   * @throws ShapeException if a step reads a value of a type that its op does not expect there, or
   *     of another floating type, or makes one
   */
  ValueTypes(Program program) {
    this.program = program;
    types = new DType[program.values()];
    for (int value = 0; value < program.firstResult(); value++) {
      types[value] =
          value < program.inputs().size()
              ? program.inputs().get(value).type()
              : program.constant(value).dtype();
    }
    computing = first();
    for (int i = 0; i < program.steps().size(); i++) {
      check(i);
    }
  }

  private DType first() {
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
    return DType.F32; // in which nothing is: integers alone
  }

  private void check(int i) {
    Program.Step step = program.steps().get(i);
    String who = "program: step " + i + " (" + step.op().spec().name() + ") ";
    for (int k = 0; k < step.operands().size(); k++) {
      DType found = types[step.operands().get(k)];
      OperandType wanted = step.op().operandType(k);
      if (!wanted.takes(found)) {
        String name = step.op().spec().operands().get(k).name();
        throw new ShapeException(
            who + "reads " + name + " of type " + found + ", " + wanted + " expected");
      }
      require(found, who + "reads");
    }
    DType made = step.op().resultType(computing);
    require(made, who + "makes");
    types[program.firstResult() + i] = made;
  }

  private void require(DType found, String who) {
    if (found.isFloating() && found != computing) {
      throw new ShapeException(
          who + " a value of type " + found + ", but the program computes in " + computing);
    }
  }

  /** The type of all numbers. */
  DType computing() {
    return computing;
  }

  /** The type of a value. */
  DType of(int value) {
    return types[value];
  }
}
