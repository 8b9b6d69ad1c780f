package limbeck.kd;

import java.util.List;

/**
 * Kinds of networks for some kind of data. A module that has some is a service provider of this,
 * and recipes find them by their names.
 */
public interface ArchitectureSource {
  /** Whether a name is meant to be one of these, by how it begins. */
  boolean knows(String name);

  /**
   * The architecture with a name that it {@linkplain #knows knows}.
   *
   * @throws IllegalArgumentException if it is written wrongly, or its numbers are out of range
   */
  Architecture of(String name);

  /** Names that somebody may have meant. */
  List<String> known();

  /** How names are written, and what they mean: a line for each family, a colon between. */
  List<String> forms();
}
