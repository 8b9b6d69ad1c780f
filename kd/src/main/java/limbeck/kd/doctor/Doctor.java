package limbeck.kd.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.KernelProvider;
import limbeck.kd.report.Environment;

/**
 * What was found.
 *
 * @param environment JVM, kernels, fingerprint and whether all is well
 * @param remarks known faults of this JVM and failed checks, one line each
 */
public record Doctor(Environment environment, List<String> remarks) {
  /**
   * The value that {@link Fingerprint} has on every JVM. It changes only when the definition of an
   * op, an optimizer, a module or a random stream does, or when more of these are added to it;
   * never with the way something is computed.
   */
  static final String FINGERPRINT =
      "9387659424b92765a40e972f6a3f553dbf69fc13123e42896fcf8e051f2aee18";

  /** Examines this JVM. */
  public static Doctor examine() {
    Workers workers = Workers.shared();
    List<String> remarks = new ArrayList<>(JvmFaults.known());
    String fingerprint = Fingerprint.compute(workers);
    boolean ok = true;
    if (!fingerprint.equals(FINGERPRINT)) {
      ok = false;
      remarks.add(
          "fingerprint "
              + fingerprint
              + " differs from this version's "
              + FINGERPRINT
              + ": results here are not those of other machines; please report it with this"
              + " output");
    }
    for (String failure : SelfCheck.failures()) {
      ok = false;
      remarks.add(failure);
    }
    String os = System.getProperty("os.name") + " " + System.getProperty("os.version");
    Environment environment =
        new Environment(
            jvm(),
            os,
            System.getProperty("os.arch"),
            KernelProvider.f32().name(),
            KernelProvider.f32().width(),
            KernelProvider.reason(),
            workers.count(),
            fingerprint,
            ok);
    return new Doctor(environment, remarks);
  }

  private static String jvm() {
    return System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.vm.version")
        + " ("
        + System.getProperty("java.vm.vendor")
        + ", "
        + System.getProperty("java.vm.info")
        + ")";
  }

  /** As {@code doctor --json} prints it. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("jvm", environment.jvm());
    json.put("kernels", environment.kernels());
    json.put("width", environment.width());
    json.put("reason", environment.reason());
    json.put("workers", environment.workers());
    json.put("fingerprint", environment.fingerprint());
    json.put("ok", environment.ok());
    json.put("os", environment.os());
    json.put("cpu", environment.cpu());
    json.put("remarks", remarks);
    return json;
  }
}
