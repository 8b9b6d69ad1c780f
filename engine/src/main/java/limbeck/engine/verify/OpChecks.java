package limbeck.engine.verify;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import limbeck.engine.op.Op;

/**
 * Checks of many ops, found by {@link java.util.ServiceLoader}. The engine's own catalogue is in
 * its test jar: with it on the class path all of it can be done again on any JVM.
 */
public interface OpChecks {
  /**
   * One op in one setting.
   *
   * @param op with its settings
   * @param report runs all checks in all configurations
   */
  record Check(Op op, Supplier<OpReport> report) {}

  /** All of them, in order. */
  List<Check> checks();

  /**
   * What {@link OpReport#bitLines} of all checks is on every JVM, or part of it.
   *
   * @throws IOException if it cannot be read
   */
  List<String> expectedBits() throws IOException;
}
