package limbeck.kd.doctor;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Faults of JVMs that can spoil results, as far as they are known. */
final class JvmFaults {
  private JvmFaults() {}

  static List<String> known() {
    return of(Runtime.version(), ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  static List<String> of(Runtime.Version version, List<String> arguments) {
    List<String> faults = new ArrayList<>();
    if (version.feature() == 25 && version.interim() == 0 && version.update() <= 2) {
      faults.add(
          "this JVM ("
              + version
              + ") has a fault in its G1 collector that can corrupt arrays pinned by native code"
              + " (JDK-8377811); update to 25.0.3 or later");
    }
    if (version.feature() >= 24 && arguments.contains("-XX:+UseCompactObjectHeaders")) {
      faults.add(
          "-XX:+UseCompactObjectHeaders has an open report of silent corruption (JDK-8380060);"
              + " leave it off");
    }
    return faults;
  }
}
