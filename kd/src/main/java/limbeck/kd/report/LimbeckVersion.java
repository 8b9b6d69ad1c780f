package limbeck.kd.report;

import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * Which Limbeck made the run.
 *
 * @param version release, such as 0.1.0
 * @param commit twelve or more hexadecimal digits of the source it was built from
 */
public record LimbeckVersion(String version, String commit) {
  Map<String, Object> json() {
    return new JsonObject().put("version", version).put("commit", commit).map();
  }

  static LimbeckVersion read(JsonFields fields) throws FormatException {
    return new LimbeckVersion(fields.text("version"), fields.text("commit"));
  }
}
