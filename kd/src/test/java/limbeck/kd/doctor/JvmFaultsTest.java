package limbeck.kd.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class JvmFaultsTest {
  private static final String COMPACT = "-XX:+UseCompactObjectHeaders";

  private static List<String> faults(String version, String... arguments) {
    return JvmFaults.of(Runtime.Version.parse(version), List.of(arguments));
  }

  @Test
  void earlyReleasesOf25() {
    for (String version : List.of("25", "25.0.1+8", "25.0.2")) {
      assertEquals(1, faults(version).size(), version);
      assertTrue(faults(version).get(0).contains("update to 25.0.3 or later"));
    }
    for (String version : List.of("17.0.2", "21.0.1", "25.0.3+9", "25.1", "26")) {
      assertEquals(List.of(), faults(version), version);
    }
  }

  @Test
  void compactHeaders() {
    assertEquals(1, faults("24", COMPACT).size());
    assertEquals(2, faults("25.0.1", "-Xmx1g", COMPACT).size());
    assertEquals(List.of(), faults("17", COMPACT));
  }
}
