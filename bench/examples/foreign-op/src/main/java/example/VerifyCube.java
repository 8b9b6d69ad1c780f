package example;

import java.util.List;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpCheck;
import limbeck.engine.verify.OpReport;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.Precision;

/** All that Limbeck's own ops are held to, for an op that Limbeck does not know. */
public final class VerifyCube {
  private VerifyCube() {}

  /** Prints a row for each sample, and fails if the contract is broken. */
  public static void main(String[] args) {
    OpReport report =
        OpCheck.of(new Cube())
            .definition((v, i) -> v.in(0, i) * v.in(0, i) * v.in(0, i))
            .precision(Precision.roundings(2, 3))
            .check(
                List.of(
                    OpSample.of("a row", Shape.of(17)),
                    OpSample.of("a batch", Shape.of(3, 5)).batched(0)));
    System.out.print(report.requirePassed().table());
  }
}
