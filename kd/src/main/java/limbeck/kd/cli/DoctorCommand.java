package limbeck.kd.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import limbeck.kd.doctor.Doctor;
import limbeck.kd.report.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code limbeck doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Examine this JVM: kernels and why, known faults, self-check, and the fingerprint of the"
            + " results.")
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    Doctor d = Doctor.examine();
    if (json.on()) {
      JsonOption.print(spec, d.json());
    } else {
      PrintWriter out = spec.commandLine().getOut();
      Environment e = d.environment();
      out.println("jvm          " + e.jvm());
      out.println("system       " + e.os() + ", " + e.cpu());
      out.println("kernels      " + e.kernels() + (e.width() > 0 ? ", " + e.width() + " bit" : ""));
      out.println("reason       " + e.reason());
      out.println("workers      " + e.workers());
      out.println("fingerprint  " + e.fingerprint());
      d.remarks().forEach(r -> out.println("remark       " + r));
      String well = d.remarks().isEmpty() ? "all is well" : "results are right; see the remarks";
      out.println(e.ok() ? well : "something is wrong, see the remarks");
      out.flush();
    }
    return d.environment().ok() ? 0 : 1;
  }
}
