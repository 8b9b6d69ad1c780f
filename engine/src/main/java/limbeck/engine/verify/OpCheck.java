package limbeck.engine.verify;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.Op;

/**
 * Checks everything that the contract of {@link Op} promises, in the given configurations. It needs
 * no test library: a failure is a line of text, thrown by {@link OpReport#requirePassed()}.
 *
 * <pre>{@code
 * OpCheck.of(new Softplus())
 *     .definition((v, i) -> StrictMath.log1p(StrictMath.exp(v.in(0, i))))
 *     .precision(Precision.roundings(8, 8))
 *     .check(List.of(OpSample.of("one row", Shape.of(17)), OpSample.of("batch", Shape.of(3, 5))))
 *     .requirePassed();
 * }</pre>
 *
 * <p>The checks: <em>definition</em>, float64 result against a naive one, within 1e−12; <em>
 * operand types</em>, those of the operands are the ones that the op says it takes; <em>
 * gradient</em>, {@link GradCheck}; <em>twice</em>, backward again gives the same bits; <em>
 * precision</em>, float32 against float64 within stated bounds; <em>providers</em>, scalar and
 * vector kernels give the same bits (not compared where vectors are not in use); <em>threads</em>,
 * so do 1, 2, 3 and 8 workers; <em>discipline</em>, every element of result, saved buffer and
 * gradients is written, operands and neighbours are not, and a gradient left out changes no other;
 * <em>finish</em> and <em>piece by piece</em>, what programs rely on that do several steps as one:
 * each element of the result is handed out once, and a piece computed in place has the bits of the
 * whole; <em>batch</em>, an example has the same bits in any batch; <em>NaN</em>, NaN comes out
 * where the definition says so, or is refused by an op that makes integers; <em>finite</em>,
 * float32 overflows only where float64 leaves its range; <em> errors</em>, wrong shapes are refused
 * with a message that names the op and what disagrees.
 */
public final class OpCheck {
  private static final int[] WORKERS = {1, 2, 3, 8};

  private final Op op;
  private final Definition definition;
  private final Precision precision;

  private OpCheck(Op op, Definition definition, Precision precision) {
    this.op = op;
    this.definition = definition;
    this.precision = precision;
  }

  /** Checks of an op; definition and precision are left out unless given. */
  public static OpCheck of(Op op) {
    return new OpCheck(op, null, null);
  }

  /** All checks that need neither a definition nor bounds. */
  public static OpReport run(Op op, OpSample... samples) {
    return of(op).check(List.of(samples));
  }

  /** With a naive definition to compare float64 results with. */
  public OpCheck definition(Definition naive) {
    return new OpCheck(op, naive, precision);
  }

  /** With bounds for float32. */
  public OpCheck precision(Precision bounds) {
    return new OpCheck(op, definition, bounds);
  }

  /** Runs all checks on all samples; the caller looks at the report. */
  public OpReport check(List<OpSample> samples) {
    List<Workers> pools = new ArrayList<>();
    try {
      for (int count : WORKERS) {
        pools.add(Workers.of(count));
      }
      return each(
          samples,
          (sample, findings) ->
              new SampleCheck(op, sample, findings).run(definition, precision, pools));
    } finally {
      pools.forEach(Workers::close);
    }
  }

  /**
   * Runs the checks that may fail at one width of vectors alone: <em>providers</em>, and what
   * <em>discipline</em> says of writing. If they pass, results have the bits that scalar kernels
   * give them, so that what the other checks find there holds at this width too.
   */
  public OpReport checkKernels(List<OpSample> samples) {
    return each(samples, (sample, findings) -> KernelCheck.run(op, sample, findings));
  }

  /** Checks of one sample that is right. */
  @FunctionalInterface
  private interface Check {
    OpReport.Row run(OpSample sample, Findings findings);
  }

  private OpReport each(List<OpSample> samples, Check check) {
    OpReport report = new OpReport(List.of(), List.of());
    for (OpSample sample : samples) {
      Findings findings = new Findings(op.spec().name(), sample.name());
      OpReport.Row row = null;
      try {
        if (sample.refusal().isEmpty()) {
          row = check.run(sample, findings);
        } else {
          ErrorCheck.run(op, sample, findings);
        }
      } catch (RuntimeException e) {
        findings.fail("run", "threw " + e);
      }
      report = report.and(findings.report(row));
    }
    return report;
  }
}
