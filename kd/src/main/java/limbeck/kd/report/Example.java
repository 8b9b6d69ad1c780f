package limbeck.kd.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * One test example with what the networks of the first seed say about it.
 *
 * @param index its place in the test set
 * @param label index of its class
 * @param why why it is shown: {@code repaired}, {@code ambiguous}, {@code typical}, {@code teacher
 *     wrong} or {@code broken}
 * @param image PNG as a data URI; null for text
 * @param grey whether the image is grey, not coloured
 * @param text the text; null for an image
 * @param logits logits by role, rounded to three decimals: {@code teacher}, {@code student}, {@code
 *     distilled}, and in a chain {@code assistant}, the one who taught the student
 */
public record Example(
    long index,
    int label,
    String why,
    String image,
    boolean grey,
    String text,
    Map<String, List<Double>> logits) {

  /** Copies and rounds the logits. */
  public Example {
    Map<String, List<Double>> rounded = new LinkedHashMap<>();
    logits.forEach((role, row) -> rounded.put(role, row.stream().map(Example::round).toList()));
    logits = Ordered.copy(rounded);
  }

  private static double round(double logit) {
    return new BigDecimal(logit).setScale(3, RoundingMode.HALF_UP).doubleValue();
  }

  Map<String, Object> json() {
    JsonObject object =
        new JsonObject()
            .count("index", index)
            .count("label", label)
            .put("why", why)
            .put("image", image);
    if (image != null && !grey) {
      object.put("grey", false);
    }
    return object.put("text", text).put("logits", logits).map();
  }

  static Example read(JsonFields fields) throws FormatException {
    return new Example(
        fields.whole("index"),
        fields.integer("label", 0),
        fields.text("why"),
        fields.text("image", null),
        fields.flag("grey", true),
        fields.text("text", null),
        fields.vectorsByName("logits"));
  }
}
