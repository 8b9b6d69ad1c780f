package limbeck.kd;

/** A run that was asked to stop, and has saved where it was. */
public class StoppedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says that the run can be resumed. */
  public StoppedException() {
    super("stopped; everything is saved, the same command resumes");
  }
}
