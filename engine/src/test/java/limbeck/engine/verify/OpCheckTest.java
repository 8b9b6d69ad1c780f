package limbeck.engine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.op.CustomOp;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Relu;
import limbeck.engine.op.index.ToFloats;
import limbeck.engine.op.index.ToIntegers;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.engine.verify.FaultyOp.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check finds the fault it is there for, and an op without fault passes. */
class OpCheckTest {
  private static final Shape SHAPE = Shape.of(4, 5);

  private static final List<OpSample> SAMPLES =
      List.of(
          OpSample.of("batch", SHAPE, SHAPE).batched(0, 1),
          OpSample.of("projected", Shape.of(60, 3), Shape.of(60, 3)),
          OpSample.of("large", SHAPE, SHAPE).values(0, i -> 1e10).values(1, i -> 1).extreme(),
          OpSample.of("unequal", SHAPE, Shape.of(4, 6)).refused("a [4, 5]", "b [4, 6]"));

  private static OpReport check(Fault fault) {
    return OpCheck.of(new FaultyOp(fault))
        .definition((v, i) -> v.in(0, i) * v.in(0, i) * v.in(1, i))
        .precision(Precision.roundings(1, 1)) // computed in double, rounded at last
        .check(SAMPLES);
  }

  @Test
  void anOpWithoutFaultPasses() {
    OpReport report = check(Fault.NONE).requirePassed();
    assertEquals(3, report.rows().size());
    OpReport.Row row = report.rows().get(0);
    assertEquals("faulty", row.op());
    assertTrue(row.gradient() < 1e-9 && row.gradient() > 0, row.toString());
    assertTrue(row.result() <= 1 && row.result() > 0.1, row.toString());
    assertEquals("1 = 2 = 3 = 8", row.threads());
    assertTrue(report.table().contains("projected"));
  }

  @ParameterizedTest
  @CsvSource({
    "WRONG_VALUE, 'faulty, batch, definition: result[3] is'",
    "WRONG_GRADIENT, 'faulty, batch, gradient: gradient of a['",
    "WRONG_GRADIENT, 'faulty, projected, gradient: gradient of a in a random direction is'",
    "ADDS_TO_GRADIENT, 'faulty, batch, discipline: gradient of a[0] is NaN'",
    "FORGETS_ELEMENT, 'faulty, batch, discipline: result[19] is NaN or was not written'",
    "WRITES_OPERAND, 'faulty, batch, discipline: operand changed: a[0] is'",
    "WRITES_NEIGHBOUR, 'faulty, batch, discipline: an element beside result was written'",
    "NEEDS_ALL_GRADIENTS, 'faulty, batch, run: threw java.lang.NullPointerException'",
    "DEPENDS_ON_BATCH, 'faulty, batch, batch: result[0] is'",
    "DEPENDS_ON_THREADS, 'faulty, batch, 8 threads: result[0] is'",
    "HIDES_NAN, 'faulty, batch, NaN in b: result[10] is no NaN'",
    "REFUSES_NAN, 'faulty, batch, run: threw limbeck.engine.tensor.ShapeException: faulty: NaN'",
    "OVERFLOWS, 'faulty, large, finite: result[0] is Infinity'",
    "LOSES_DIGITS, 'faulty, batch, precision: result[2] is'",
    "ACCEPTS_ANYTHING, 'faulty, unequal, errors: [[4, 5], [4, 6]] accepted'",
    "MUTE, 'faulty, unequal, errors: message does not contain \"a [4, 5]\"'",
    "FORGETS_FINISH, 'faulty, batch, finish: result[15] is finished 0 times'",
    "FINISHES_TWICE, 'faulty, batch, finish: result[0] is finished 2 times'",
    "FINISHES_EARLY, 'faulty, batch, finish: result[0] was written after it was finished'",
    "FINISHES_TWO_ROWS, 'faulty, batch, finish: elements 10 to 20 are not of one row or plane'",
    "LOOKS_ASIDE, 'faulty, batch, piece by piece: result[3] is'",
    "BREAKS, 'faulty, batch, run: threw java.lang.IllegalStateException: broken'"
  })
  void aFaultIsFoundAndPlaced(Fault fault, String expected) {
    OpReport report = check(fault);
    assertTrue(
        report.failures().stream().anyMatch(f -> f.startsWith(expected)),
        () -> String.join("\n", report.failures()));
    AssertionError error = assertThrows(AssertionError.class, report::requirePassed);
    assertTrue(error.getMessage().contains(expected), error.getMessage());
  }

  @Test
  void differentKernelsAreToldApartWhereThereAreSome() {
    List<String> failures = check(Fault.DEPENDS_ON_KERNELS).failures();
    boolean vectors = KernelProvider.width() > 0;
    String start = "faulty, batch, providers: result[0] is";
    assertEquals(vectors, failures.stream().anyMatch(f -> f.startsWith(start)));
  }

  @Test
  void theChecksOfKernelsAloneFindWhatTheyAreFor() {
    OpReport report = OpCheck.of(new FaultyOp(Fault.NONE)).checkKernels(SAMPLES).requirePassed();
    assertEquals(3, report.rows().size());
    List<String> beside =
        OpCheck.of(new FaultyOp(Fault.WRITES_NEIGHBOUR)).checkKernels(SAMPLES).failures();
    String expected = "faulty, batch, discipline: an element beside result was written";
    assertEquals(expected, beside.get(0));
    List<String> bits =
        OpCheck.of(new FaultyOp(Fault.DEPENDS_ON_KERNELS)).checkKernels(SAMPLES).failures();
    assertEquals(KernelProvider.width() > 0, !bits.isEmpty());
  }

  @Test
  void withoutDefinitionAndBoundsTheRestIsChecked() {
    OpReport report = OpCheck.run(new FaultyOp(Fault.NONE), SAMPLES.get(0));
    assertTrue(Double.isNaN(report.requirePassed().rows().get(0).result()));
    List<String> failures = OpCheck.run(new FaultyOp(Fault.HIDES_NAN), SAMPLES.get(0)).failures();
    assertEquals("faulty, batch, NaN in a: the result has no NaN", failures.get(0));
  }

  /** There is no integer for it. */
  @Test
  void anOpThatMakesIntegersMayRefuseNan() {
    OpSample whole = OpSample.of("whole", SHAPE).values(0, i -> i);
    assertEquals(1, OpCheck.run(new ToIntegers(true), whole).requirePassed().rows().size());
  }

  @Test
  void integersAreNotRounded() {
    OpSample ends = OpSample.of("ends", Shape.of(2)).integers(0, i -> Integer.MAX_VALUE - i);
    Tensor x = ends.tensors(new ToFloats(false), DType.F32)[0];
    assertEquals(DType.I32, x.dtype());
    assertEquals(Integer.MAX_VALUE, x.get(0));
    assertEquals(Integer.MAX_VALUE - 1, x.get(1));
  }

  @Test
  void samplesStayAwayFromKinksAndRepeat() {
    OpSample sample = OpSample.of("many", Shape.of(5000));
    Tensor[] x = sample.tensors(new Relu(), DType.F64);
    Tensor[] again = sample.tensors(new Relu(), DType.F32);
    for (int i = 0; i < 5000; i++) {
      assertTrue(Math.abs(x[0].get(i)) >= 0.0099 && Math.abs(x[0].get(i)) <= 3);
      assertEquals(x[0].get(i), again[0].get(i));
    }
  }

  /** The sum of 32 operands; the gradient of the first is wrong if it alone is asked for. */
  private record Many() implements CustomOp {
    private static final int OPERANDS = 32; // as many as an int has bits

    @Override
    public Shape infer(Shape... in) {
      for (int k = 1; k < in.length; k++) {
        spec().requireSameShape(k, in);
      }
      return in[0];
    }

    @Override
    public void forward(OpContext c, Tensor[] in, Tensor out) {
      out.copyFrom(in[0]);
      for (int k = 1; k < in.length; k++) {
        c.rows(out).add(out, 0, in[k], 0, out, 0, out.size());
      }
    }

    @Override
    public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
      int wanted = 0;
      for (Tensor g : gradIn) {
        if (g != null) {
          g.copyFrom(gradOut);
          wanted++;
        }
      }
      if (wanted == 1 && gradIn[0] != null) {
        gradIn[0].set(0, 1e9);
      }
    }

    @Override
    public OpSpec spec() {
      OpSpec spec = OpSpec.of("many");
      for (int k = 0; k < OPERANDS; k++) {
        spec = spec.operand("x" + k, "n");
      }
      return spec;
    }
  }

  @Test
  void gradientsLeftOutOfManyOperands() {
    Shape[] shapes = new Shape[Many.OPERANDS];
    Arrays.fill(shapes, Shape.of(2));
    List<String> failures =
        OpCheck.run(new Many(), OpSample.of("many operands", shapes)).failures();
    assertEquals(1, failures.size(), failures.toString());
    assertTrue(failures.get(0).contains("gradients left out"), failures.get(0));
  }
}
