package limbeck.engine.verify;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/** All checks of one op in one configuration. */
final class SampleCheck {
  /** For results up to 1 absolute, above relative: StrictMath is good to 1e−16, sums to 1e−14. */
  private static final double DEFINITION_TOLERANCE = 1e-12;

  private final Op op;
  private final OpSample sample;
  private final Findings findings;
  private final Tensor[] doubles;
  private final Tensor[] floats;
  private final Trial exact;
  private final Trial fast;
  private final Tensor gradOut;

  SampleCheck(Op op, OpSample sample, Findings findings) {
    this.op = op;
    this.sample = sample;
    this.findings = findings;
    doubles = sample.tensors(op, DType.F64);
    floats = sample.tensors(op, DType.F32);
    exact = trial(DType.F64, Workers.inline());
    fast = trial(DType.F32, Workers.inline());
    gradOut = OpSample.gradient(DType.F64, exact.out.tensor().shape());
  }

  private Trial trial(DType type, Workers workers) {
    Tensor[] in = type == DType.F64 ? doubles : floats;
    Trial trial = new Trial(op, in, type, KernelProvider.f32(), workers).forward();
    return trial.backward(OpSample.gradient(type, trial.out.tensor().shape()));
  }

  OpReport.Row run(Definition definition, Precision precision, List<Workers> pools) {
    OpValues values = exact.values(gradOut);
    if (definition != null) {
      compareWith(definition, values);
    }
    operandTypes();
    double gradient = gradient();
    twice();
    PrecisionCheck bounds = new PrecisionCheck(values, exact, fast, findings);
    bounds.finite();
    String providers = KernelCheck.providers(op, floats, fast, findings);
    String threads = threads(pools);
    Discipline.check(op, floats, fast, findings);
    PieceCheck.check(op, floats, fast, pools, findings);
    BatchCheck.check(op, sample, floats, fast, findings);
    if (values.shape().size() <= GradCheck.MOST_ELEMENTS) {
      NanCheck.check(op, floats, definition, findings);
    }
    return new OpReport.Row(
        findings.op(),
        findings.configuration(),
        gradient,
        precision == null ? Double.NaN : bounds.result(precision),
        precision == null ? Double.NaN : bounds.gradients(precision),
        providers,
        threads,
        fast.bits());
  }

  /** What the op computes with is what it says that it takes. */
  private void operandTypes() {
    for (int k = 0; k < floats.length; k++) {
      if (!op.operandType(k).takes(floats[k].dtype())) {
        String operand = op.spec().operands().get(k).name();
        findings.fail(
            "operand types",
            operand + " is " + floats[k].dtype() + ", " + op.operandType(k) + " expected");
      }
    }
  }

  private void compareWith(Definition definition, OpValues values) {
    Tensor out = exact.out.tensor();
    for (int i = 0; i < out.size(); i++) {
      double expected = definition.at(values, i);
      double error = Trial.distance(out.get(i), expected);
      if (!(error <= DEFINITION_TOLERANCE * Math.max(1, Math.abs(expected)))) {
        findings.fail(
            "definition", "result[" + i + "] is " + out.get(i) + ", " + expected + " expected");
        return;
      }
    }
  }

  /** The largest relative error; NaN where differences cannot tell, or would take too long. */
  private double gradient() {
    int elements = exact.out.tensor().size();
    for (Tensor t : exact.operands()) {
      elements = Math.max(elements, t.size());
    }
    if (!sample.differences() || elements > GradCheck.MOST_ELEMENTS) {
      return Double.NaN;
    }
    GradCheck.Result result = GradCheck.check(op, doubles);
    if (!result.passed()) {
      findings.fail("gradient", result.place());
    }
    return result.error();
  }

  private void twice() {
    Trial again = trial(DType.F32, Workers.inline());
    findings.failAt("twice", again.differenceFrom(fast));
    again.backward(OpSample.gradient(DType.F32, again.out.tensor().shape()));
    findings.failAt("twice", again.differenceFrom(fast));
  }

  private String threads(List<Workers> pools) {
    List<String> counts = new ArrayList<>();
    for (Workers pool : pools) {
      Trial trial = trial(DType.F32, pool);
      findings.failAt(pool.count() + " threads", trial.differenceFrom(fast));
      counts.add(Integer.toString(pool.count()));
    }
    return String.join(" = ", counts);
  }
}
