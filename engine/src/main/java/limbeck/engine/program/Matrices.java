package limbeck.engine.program;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import limbeck.engine.op.Linear;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Op;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.nn.AddPositions;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.op.nn.ConvTranspose;
import limbeck.engine.op.nn.Embedding;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;

/**
 * Which constants of a program make up its size: F32 of two axes or more, two numbers or more for
 * each index of the first, which ops use as matrices, filters or tables and as nothing else.
 */
final class Matrices {
  private Matrices() {}

  /** Their names, in the order of the constants. */
  static Set<String> of(Program program) {
    Set<Integer> matrices = new TreeSet<>();
    Set<Integer> others = new TreeSet<>();
    for (Program.Step step : program.steps()) {
      List<Integer> operands = step.operands();
      for (int k = 0; k < operands.size(); k++) {
        (isMatrix(step.op(), k) ? matrices : others).add(operands.get(k));
      }
    }
    matrices.removeAll(others);
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < program.constants().size(); i++) {
      Program.Constant c = program.constants().get(i);
      Shape shape = c.value().shape();
      boolean rows = shape.rank() >= 2 && shape.axis(0) > 0 && shape.size() / shape.axis(0) >= 2;
      if (rows
          && c.value().dtype() == DType.F32
          && matrices.contains(program.inputs().size() + i)) {
        names.add(c.name());
      }
    }
    return names;
  }

  private static boolean isMatrix(Op op, int k) {
    if (op instanceof MatMul) {
      return true;
    }
    boolean second =
        op instanceof Linear
            || op instanceof Conv
            || op instanceof ConvTranspose
            || op instanceof Embedding
            || op instanceof AddPositions;
    boolean table = op instanceof Gather g && g.axis() == 0 && k == 0;
    return table || second && k == 1 || op.matrices().contains(k);
  }
}
