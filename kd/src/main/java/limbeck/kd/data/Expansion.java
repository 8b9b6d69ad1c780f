package limbeck.kd.data;

/**
 * Makes examples of a training set's examples, beside them: what a teacher is to speak about, as
 * nobody has labelled them.
 */
public interface Expansion {
  /**
   * The set with what is made of it; made once of a set, however often it is asked for.
   *
   * @throws IllegalArgumentException if the set is of a kind that nothing can be made of
   * @throws java.io.UncheckedIOException if a file that it takes cannot be read
   */
  Dataset of(Dataset train);

  /**
   * What it is a function of, beside the set, as a text: files by their content.
   *
   * @throws IllegalArgumentException if a file cannot be read, naming it
   */
  String identity();
}
