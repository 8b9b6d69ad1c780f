package limbeck.kd.data;

/** Told how far the reading of a data set is. */
@FunctionalInterface
public interface LoadProgress {
  /** Tells nobody. */
  LoadProgress NONE = (done, all) -> {};

  /**
   * Called after every image.
   *
   * @param done images read so far
   * @param all images of the set
   */
  void read(int done, int all);
}
