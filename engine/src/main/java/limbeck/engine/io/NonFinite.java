package limbeck.engine.io;

/**
 * What to do about a NaN or an infinity among the numbers of a file. A network with one in its
 * weights answers NaN to some or all inputs; a training that has diverged may be looked at all the
 * same, and tables of masks hold −∞ on purpose.
 */
public enum NonFinite {
  /** Fail with a {@link FormatException}. */
  REJECT,
  /** Load, and log one line at level WARNING of logger {@code limbeck.engine.io}. */
  WARN,
  /** Load. */
  ALLOW
}
