package limbeck.kd.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * The data of a run.
 *
 * @param name name of the data set
 * @param digest SHA-256 of the data, hexadecimal
 * @param kind {@code image} or {@code text}
 * @param classes names of the classes, by index
 * @param train number of training examples
 * @param validation number of validation examples
 * @param test number of test examples
 * @param split how the three were told apart
 */
public record DataSummary(
    String name,
    String digest,
    String kind,
    List<String> classes,
    long train,
    long validation,
    long test,
    String split) {

  /** Copies the names. */
  public DataSummary {
    classes = List.copyOf(classes);
  }

  /** Returns what the examples are called: images, or examples of another kind. */
  public String things() {
    return kind.equals("image") ? "images" : "examples";
  }

  /** Returns the part that results are on: test, or validation where the test set was not read. */
  public String part() {
    return test == 0 && validation > 0 ? "validation" : "test";
  }

  /** Returns how many examples the part has that results are on. */
  public long measured() {
    return test == 0 ? validation : test;
  }

  /** Returns how many examples there are of each part that has some, as a sentence. */
  public String counts() {
    List<String> parts = new ArrayList<>();
    part(parts, train, "training");
    part(parts, validation, "validation");
    part(parts, test, "test");
    return Sentences.list(parts) + " " + things() + ".";
  }

  private static void part(List<String> parts, long examples, String name) {
    if (examples > 0) {
      parts.add(NumberFormats.grouped(examples) + " " + name);
    }
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("name", name)
        .put("digest", digest)
        .put("kind", kind)
        .member("classes", classes)
        .count("train", train)
        .count("validation", validation)
        .count("test", test)
        .put("split", split)
        .map();
  }

  static DataSummary read(JsonFields fields) throws FormatException {
    return new DataSummary(
        fields.text("name"),
        fields.text("digest"),
        fields.text("kind"),
        fields.texts("classes"),
        fields.whole("train"),
        fields.whole("validation"),
        fields.whole("test"),
        fields.text("split"));
  }
}
