package limbeck.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.onnx.OnnxExport;
import limbeck.engine.io.onnx.OnnxImport;
import limbeck.engine.io.onnx.OnnxModel;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.verify.OpSample;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every op that ONNX has a form for means the same after it was written and read back. */
class OnnxOpsTest {
  /** Ops of inference that are not exported, by name: the rest is, in each of its settings. */
  private static final Set<String> NOT_EXPORTED =
      Set.of(
          "projectedLstm", // a loop of its own, in ONNX
          "normalize",
          "maskedSoftmax",
          "maskedLogSoftmax",
          "adaptiveAvgPool",
          "resize",
          "oneHot");

  /** Settings that are not exported, of ops that are otherwise. */
  private static final Set<String> NOT_IN_ALL_SETTINGS =
      Set.of("attention", "lstm", "lastStep", "variance", "integerMath", "toFloats"); // F64

  private static final double TOLERANCE = 2e-5;
  private static final int MOST_ELEMENTS = 5_000;

  @TestFactory
  Stream<DynamicTest> everyOpIsTheSameAgain() {
    Set<Op> tried = new LinkedHashSet<>();
    return OpCatalogue.entries().stream()
        .filter(entry -> !StoredPrograms.isForTraining(entry.op()) && tried.add(entry.op()))
        .map(entry -> DynamicTest.dynamicTest(entry.op().toString(), () -> check(entry)));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotExportedIsListedHere() {
    Set<String> refused = new TreeSet<>();
    for (Entry entry : OpCatalogue.entries()) {
      OpSample sample = samples(entry).findFirst().orElse(null);
      if (!StoredPrograms.isForTraining(entry.op())
          && sample != null
          && !isExported(program(entry.op(), sample, false))) {
        refused.add(entry.op().spec().name());
      }
    }
    Set<String> allowed =
        Stream.concat(NOT_EXPORTED.stream(), NOT_IN_ALL_SETTINGS.stream())
            .collect(Collectors.toSet());
    return Stream.of(
        DynamicTest.dynamicTest(
            refused.toString(), () -> assertTrue(allowed.containsAll(refused), "" + refused)),
        DynamicTest.dynamicTest(
            NOT_EXPORTED.toString(), () -> assertTrue(refused.containsAll(NOT_EXPORTED))));
  }

  private static Stream<OpSample> samples(Entry entry) {
    return entry.samples().stream()
        .filter(s -> s.refusal().isEmpty() && s.differences())
        .filter(
            s -> {
              int size = s.operands().stream().mapToInt(o -> o.shape().size()).sum();
              boolean empty = s.operands().stream().anyMatch(o -> o.shape().size() == 0);
              return !empty && size <= MOST_ELEMENTS;
            });
  }

  private static void check(Entry entry) throws IOException {
    List<OpSample> samples = samples(entry).toList();
    for (OpSample sample : samples) {
      for (boolean constants : new boolean[] {false, true}) {
        Program program = program(entry.op(), sample, constants);
        if (isExported(program)) {
          check(program, sample, sample.tensors(entry.op(), DType.F32));
        }
      }
    }
  }

  private static byte[] bytes(Program program) {
    return OnnxExport.bytes(program, List.of("y"), Map.of());
  }

  private static boolean isExported(Program program) {
    try {
      bytes(program);
      return true;
    } catch (IllegalArgumentException e) {
      boolean wide = e.getMessage().contains("F64; F32 is exported");
      assertTrue(wide || e.getMessage().contains("no form in ONNX"), e.getMessage());
      return false;
    }
  }

  /** The op on inputs without a batch; or on one, and constants. */
  private static Program program(Op op, OpSample sample, boolean constants) {
    Tensor[] in = sample.tensors(op, DType.F32);
    int inputs = constants ? 1 : in.length;
    Input[] signature = new Input[inputs];
    for (int k = 0; k < inputs; k++) {
      signature[k] = Input.whole("x" + k, in[k].dtype(), in[k].shape());
    }
    Program.Builder builder = Program.builder(signature);
    int[] operands = new int[in.length];
    for (int k = 0; k < in.length; k++) {
      operands[k] = k < inputs ? k : builder.constant("c" + k, in[k]);
    }
    builder.step(op, operands);
    return builder.build();
  }

  private static void check(Program program, OpSample sample, Tensor[] in) throws IOException {
    Program again = OnnxImport.of(OnnxModel.read(bytes(program), "op")).program();
    Tensor expected = run(program, in);
    Tensor found = run(again, in);
    assertEquals(expected.shape(), found.shape(), sample.name());
    assertEquals(expected.dtype(), found.dtype(), sample.name());
    for (int i = 0; i < expected.size(); i++) {
      double e = expected.get(i);
      double f = found.get(i);
      boolean near = Math.abs(e - f) <= TOLERANCE * Math.max(1, Math.abs(e));
      boolean same = Double.compare(e, f) == 0;
      assertTrue(same || near, sample.name() + " element " + i + ": " + f + ", expected " + e);
    }
  }

  private static Tensor run(Program program, Tensor[] all) {
    Tensor[] in = java.util.Arrays.copyOf(all, program.inputs().size());
    Shape[] shapes = java.util.Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new);
    Tensor out = Tensor.zeros(program.outputTypes()[0], program.outputShape(shapes));
    program.runner(Workers.inline()).run(in, out);
    return out;
  }
}
