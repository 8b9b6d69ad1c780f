package limbeck.kd.vision;

import limbeck.kd.DropoutRates;

/**
 * What a network of any family is built from.
 *
 * @param name of the architecture
 * @param image what goes in
 * @param classes what comes out
 * @param standardisation of the values that go in
 * @param dropout in training
 */
record Blueprint(
    String name,
    ImageShape image,
    int classes,
    Standardisation standardisation,
    DropoutRates dropout) {
  Blueprint {
    if (classes < 2) {
      throw misfit(name, classes + " classes, 2 at least");
    }
    if (!standardisation.isNone() && standardisation.mean().size() != image.channels()) {
      throw misfit(
          name,
          "standardisation of "
              + standardisation.mean().size()
              + " channels does not fit images of "
              + image);
    }
  }

  /** The same for a network that is a part of this one. */
  Blueprint named(String part) {
    return new Blueprint(part, image, classes, standardisation, dropout);
  }

  /** A message that begins with the name. */
  static IllegalArgumentException misfit(String name, String what) {
    return new IllegalArgumentException(name + ": " + what);
  }

  /** For families that have no place for it. */
  void requireNoDropout() {
    if (!dropout.equals(DropoutRates.NONE)) {
      throw misfit(
          name,
          "has no dropout, but rates of "
              + dropout.input()
              + " on inputs and "
              + dropout.hidden()
              + " on hidden units are wanted; only mlp: has it");
    }
  }

  /**
   * For families that halve the image.
   *
   * @param times how often height and width are halved, each time rounded down
   */
  void requireHalves(int times) {
    int least = 1 << times;
    if (image.height() < least || image.width() < least) {
      throw misfit(
          name,
          "halves images "
              + times
              + " times, so they must be "
              + least
              + " x "
              + least
              + " at least, not "
              + image);
    }
  }
}
