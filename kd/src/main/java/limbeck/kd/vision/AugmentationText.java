package limbeck.kd.vision;

import java.util.List;
import limbeck.engine.io.Json;
import limbeck.kd.Nearest;

/** Reads the text of one augmentation: a name, and settings after colons. */
final class AugmentationText {
  private static final List<String> FORMS =
      List.of(
          "flip",
          "crop:PIXELS",
          "cutout:SIDE[:FILL]",
          "colour:BRIGHTNESS:CONTRAST:SATURATION",
          "affine:DEGREES:SCALE:SHEAR:SHIFT",
          "mixup:ALPHA");

  private final String text;
  private final String[] parts;

  private AugmentationText(String text) {
    this.text = text;
    this.parts = text.split(":", -1);
  }

  /** The augmentation that a text says. */
  static Augmentation read(String text) {
    AugmentationText t = new AugmentationText(text);
    return switch (t.parts[0]) {
      case "flip" -> {
        t.expect(0, 0);
        yield new Flip();
      }
      case "crop" -> {
        t.expect(1, 1);
        yield new Crop(t.whole(1));
      }
      case "cutout" -> {
        t.expect(1, 2);
        yield new Cutout(t.whole(1), t.parts.length > 2 ? t.real(2) : 0);
      }
      case "colour" -> {
        t.expect(3, 3);
        yield new ColourJitter(t.real(1), t.real(2), t.real(3));
      }
      case "affine" -> {
        t.expect(4, 4);
        yield new Affine(new AffineJitter.Limits(t.real(1), t.real(2), t.real(3), t.real(4)));
      }
      default -> throw t.unknown();
    };
  }

  /** The mixture that a text says, which begins with the word mixup. */
  static Mixup mixup(String text) {
    AugmentationText t = new AugmentationText(text);
    t.expect(1, 1);
    t.real(1);
    return new Mixup(Double.parseDouble(t.parts[1]));
  }

  /** Numbers after colons, as they are read. */
  static String settings(float... numbers) {
    StringBuilder s = new StringBuilder();
    for (float number : numbers) {
      s.append(':').append(Json.write(number));
    }
    return s.toString();
  }

  private IllegalArgumentException unknown() {
    List<String> names = FORMS.stream().map(AugmentationText::name).toList();
    return new IllegalArgumentException(
        "no augmentation \""
            + text
            + "\"; there are "
            + String.join(", ", FORMS)
            + Nearest.hint(parts[0], names));
  }

  private static String name(String form) {
    return form.split(":", 2)[0];
  }

  private void expect(int least, int most) {
    int given = parts.length - 1;
    if (given < least || given > most) {
      throw expected();
    }
  }

  private IllegalArgumentException expected() {
    String form = FORMS.stream().filter(f -> name(f).equals(parts[0])).findFirst().orElseThrow();
    return new IllegalArgumentException("augmentation \"" + text + "\": " + form + " expected");
  }

  private int whole(int i) {
    if (!parts[i].matches("[0-9]{1,6}")) {
      throw expected();
    }
    return Integer.parseInt(parts[i]);
  }

  private float real(int i) {
    if (!parts[i].matches("[0-9]{1,6}(\\.[0-9]{1,9})?([eE]-?[0-9]{1,2})?")) {
      throw expected();
    }
    return Float.parseFloat(parts[i]);
  }
}
