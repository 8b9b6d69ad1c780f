package limbeck.kd.train;

import limbeck.kd.recipe.Arm;

/** Is told how a run goes. Called from several threads. */
public interface Listener {
  /** Says nothing. */
  Listener SILENT = new Listener() {};

  /**
   * The whole plan is known.
   *
   * @param work multiply-adds of all training there is to do
   */
  default void planned(double work) {}

  /**
   * A training begins, from {@code step} on.
   *
   * @param work multiply-adds that an earlier session did
   */
  default void started(Arm arm, long seed, long step, long steps, double work) {}

  /**
   * A step was taken.
   *
   * @param work multiply-adds done
   */
  default void advanced(Fit fit, double work) {}

  /** A network is finished; {@code reused} if it was found and not trained. */
  default void finished(Trained trained, boolean reused, double work) {}

  /** A remark worth a line. */
  default void note(String line) {}
}
