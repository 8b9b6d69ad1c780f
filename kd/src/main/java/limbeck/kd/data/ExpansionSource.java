package limbeck.kd.data;

/** Expansions by their names, of a module that is a service provider of this. */
public interface ExpansionSource {
  /** Whether a name is meant to be one of these, by how it begins. */
  boolean knows(String name);

  /**
   * The expansion with a name that it {@linkplain #knows knows}.
   *
   * @throws IllegalArgumentException if it is written wrongly
   */
  Expansion of(String name);

  /** How names are written, for people. */
  String form();
}
