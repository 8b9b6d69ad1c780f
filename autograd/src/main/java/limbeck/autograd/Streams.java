package limbeck.autograd;

/**
 * Numbers of random streams from names, so that what a layer draws depends on its path and not on
 * its neighbours.
 */
public final class Streams {
  private Streams() {}

  /** The 64-bit FNV-1a hash of a name's UTF-16 code units. */
  public static long of(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** A stream for one step of a named use, such as a dropout layer's: different for each step. */
  public static long of(String name, long step) {
    return of(name) ^ (step + 1) * 0x9e3779b97f4a7c15L;
  }
}
