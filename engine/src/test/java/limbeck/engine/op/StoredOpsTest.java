package limbeck.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.BatchNorm;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.verify.OpSample;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every op of inference, with each of its settings in the catalogue, comes back from a file. */
class StoredOpsTest {
  @TempDir Path folder;

  /** What is documented as for training alone. */
  static boolean isForTraining(Op op) {
    return op instanceof LossOp
        || op instanceof Dropout
        || op instanceof BatchNorm
        || op instanceof Attention a && a.dropout().rate() > 0;
  }

  @TestFactory
  Stream<DynamicTest> everyOpComesBackFromAFile() {
    Set<Op> tried = new LinkedHashSet<>();
    return OpCatalogue.entries().stream()
        .filter(entry -> !isForTraining(entry.op()) && tried.add(entry.op()))
        .map(entry -> DynamicTest.dynamicTest(entry.op().toString(), () -> check(entry)));
  }

  private void check(Entry entry) throws IOException {
    assertEquals(List.of(entry.op()), stored(program(entry)));
  }

  /** The op on constants, in its smallest configuration. */
  private static Program program(Entry entry) {
    OpSample smallest =
        entry.samples().stream()
            .filter(s -> s.refusal().isEmpty())
            .min(Comparator.comparingLong(StoredOpsTest::elements))
            .orElseThrow();
    return program(entry.op(), smallest);
  }

  private static long elements(OpSample sample) {
    return sample.operands().stream().mapToLong(o -> o.shape().size()).sum();
  }

  private static Program program(Op op, OpSample sample) {
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

  private List<Op> stored(Program program) throws IOException {
    Path file = folder.resolve("program.safetensors");
    try {
      program.save(file, Map.of());
    } catch (IllegalArgumentException e) {
      Op op = program.steps().get(0).op();
      throw new AssertionError(
          "op "
              + op.getClass().getSimpleName()
              + " cannot be read back from a program: return all of its components from settings()"
              + " and add a reader of \""
              + op.spec().name()
              + "\" to OpReaders; only what is documented as for training is left out here",
          e);
    }
    return Program.load(file).steps().stream().map(Program.Step::op).toList();
  }

  @Test
  void whatIsForTrainingAloneIsNotStored() {
    for (Entry entry : OpCatalogue.entries()) {
      if (isForTraining(entry.op())) {
        Program program = program(entry);
        String message = assertThrows(AssertionError.class, () -> stored(program)).getMessage();
        assertTrue(message.contains("add a reader of"), message);
      }
    }
  }
}
