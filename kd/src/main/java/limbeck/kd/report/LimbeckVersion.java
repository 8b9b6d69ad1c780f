package limbeck.kd.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import limbeck.engine.io.FormatException;

/**
 * Which Limbeck made the run.
 *
 * @param version release, such as 0.1.0
 * @param commit twelve or more hexadecimal digits of the source it was started from, with {@code
 *     -dirty} if files were changed since; null if it is not known
 */
public record LimbeckVersion(String version, String commit) {
  /**
   * This Limbeck: the version it was built as; the commit where the launcher knows it, else null.
   */
  public static LimbeckVersion current() {
    Properties p = new Properties();
    try (InputStream in = LimbeckVersion.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        p.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new LimbeckVersion(
        p.getProperty("version", "unknown"), System.getProperty("limbeck.commit"));
  }

  Map<String, Object> json() {
    return new JsonObject().put("version", version).put("commit", commit).map();
  }

  static LimbeckVersion read(JsonFields fields) throws FormatException {
    return new LimbeckVersion(fields.text("version"), fields.text("commit", null));
  }
}
