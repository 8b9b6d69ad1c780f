package limbeck.kd.objective;

import limbeck.engine.tensor.Shape;
import limbeck.kd.Objective;
import limbeck.kd.TapShapes;

/**
 * The shape of one example's activation at a tap, with the words for errors: what methods are
 * fitted to.
 *
 * @param method whose taps these are, as errors call it
 * @param network the network's name
 * @param tap the tap's name
 * @param shape [channels, height, width], or [features]
 */
record TapShape(String method, String network, String tap, Shape shape) {
  /**
   * The shape at a network's tap.
   *
   * @throws IllegalArgumentException if there is no network, or it has no such tap
   */
  static TapShape of(Objective method, TapShapes network, String tap) {
    String name = method.name().replace(' ', '-');
    if (network == null) {
      throw new IllegalArgumentException(
          name + ": a teacher is needed, whose tap \"" + tap + "\" is compared");
    }
    return new TapShape(name, network.network(), tap, network.of(tap));
  }

  /** Requires that both networks have the taps that a method names. */
  static void requireTaps(Objective method, TapShapes student, TapShapes teacher) {
    method.studentTaps().forEach(tap -> of(method, student, tap));
    method.teacherTaps().forEach(tap -> of(method, teacher, tap));
  }

  /** Requires that all taps that a method names are feature maps. */
  static void requireMaps(Objective method, TapShapes student, TapShapes teacher) {
    method.studentTaps().forEach(tap -> of(method, student, tap).requireMap());
    method.teacherTaps().forEach(tap -> of(method, teacher, tap).requireMap());
  }

  /** Requires [channels, height, width]. */
  TapShape requireMap() {
    if (!isMap()) {
      throw new IllegalArgumentException(
          this + " is no feature map [channels, height, width]; choose the tap of a convolution");
    }
    return this;
  }

  boolean isMap() {
    return shape.rank() == 3;
  }

  /** Channels, or features. */
  int channels() {
    return shape.axis(0);
  }

  /** Requires that both are maps, or both rows of features. */
  void requireKindOf(TapShape other) {
    boolean known = isMap() || shape.rank() == 1;
    if (!known || shape.rank() != other.shape.rank()) {
      throw new IllegalArgumentException(
          this
              + " cannot be compared with "
              + other.words()
              + "; choose two feature maps [channels, height, width], or two rows [features]");
    }
  }

  /** Requires as many channels. */
  void requireChannelsOf(TapShape other, String remedy) {
    if (channels() != other.channels()) {
      throw new IllegalArgumentException(
          this + " and " + other.words() + " differ in channels; " + remedy);
    }
  }

  /**
   * Requires a shape.
   *
   * @param words what has this shape
   */
  void require(Shape expected, String words) {
    if (!shape.equals(expected)) {
      throw new IllegalArgumentException(
          method + ": " + place() + " is " + shape + "; " + words + " expected");
    }
  }

  private String words() {
    return place() + " " + shape;
  }

  private String place() {
    return "tap \"" + tap + "\" of " + network;
  }

  /** For example: {@code hints: tap "block1" of student [16, 8, 8]}. */
  @Override
  public String toString() {
    return method + ": " + words();
  }
}
