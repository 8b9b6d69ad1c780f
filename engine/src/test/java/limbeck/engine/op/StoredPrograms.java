package limbeck.engine.op;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.BatchNorm;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.verify.OpSample;

/** Programs of one op each, on constants: of every op in every setting of the catalogue. */
public final class StoredPrograms {
  private StoredPrograms() {}

  /** Those that can be stored. */
  public static List<Program> all() {
    List<Program> programs = new ArrayList<>();
    Set<Op> tried = new LinkedHashSet<>();
    for (Entry entry : OpCatalogue.entries()) {
      if (!isForTraining(entry.op()) && tried.add(entry.op())) {
        programs.add(of(entry));
      }
    }
    return programs;
  }

  /** What is documented as for training alone. */
  static boolean isForTraining(Op op) {
    return op instanceof LossOp
        || op instanceof Dropout
        || op instanceof BatchNorm
        || op instanceof Attention a && a.dropout().rate() > 0;
  }

  /** The op on constants, in its smallest configuration. */
  static Program of(Entry entry) {
    OpSample smallest =
        entry.samples().stream()
            .filter(s -> s.refusal().isEmpty())
            .min(Comparator.comparingLong(StoredPrograms::elements))
            .orElseThrow();
    return of(entry.op(), smallest);
  }

  private static long elements(OpSample sample) {
    return sample.operands().stream().mapToLong(o -> o.shape().size()).sum();
  }

  private static Program of(Op op, OpSample sample) {
    DType made = op.resultType(DType.F32);
    DType type = made.isFloating() ? made : DType.F32; // an op on I32 alone has one of its own
    Program.Builder builder = Program.builder(type, Shape.of(1));
    int[] operands = new int[sample.operands().size()];
    for (int k = 0; k < operands.length; k++) {
      OpSample.Operand o = sample.operands().get(k);
      Tensor value = Tensor.zeros(o.classes() > 0 ? DType.I32 : type, o.shape());
      operands[k] = builder.constant("operand" + k, value);
    }
    builder.step(op, operands);
    return builder.build();
  }
}
