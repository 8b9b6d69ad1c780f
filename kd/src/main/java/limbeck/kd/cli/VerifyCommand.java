package limbeck.kd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import limbeck.engine.io.AtomicFile;
import limbeck.engine.verify.OpChecks;
import limbeck.engine.verify.OpReport;
import limbeck.kd.doctor.Doctor;
import limbeck.kd.report.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code limbeck verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Check every op in every configuration on this JVM, and write what was found, beside what"
            + " it was found on: results against naive definitions in double, gradients against"
            + " differences, float32 against bounds, equal bits of kernels, threads, batches, and"
            + " of every other JVM. Takes about two minutes.")
final class VerifyCommand implements Callable<Integer> {
  private static final long NANOS = 5_000_000_000L;

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where to write (default: verify.txt)")
  private Path out = Path.of("verify.txt");

  @Option(
      names = "--ops",
      paramLabel = "REGEX",
      description = "ops to check, by their names (default: all)")
  private String ops = ".*";

  @Override
  public Integer call() throws IOException {
    Pattern names = pattern();
    Doctor doctor = Doctor.examine();
    List<String> expected = new ArrayList<>();
    List<OpChecks.Check> checks = new ArrayList<>();
    for (OpChecks source : ServiceLoader.load(OpChecks.class)) {
      expected.addAll(source.expectedBits());
      source.checks().stream()
          .filter(c -> names.matcher(c.op().spec().name()).matches())
          .forEach(checks::add);
    }
    if (checks.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          expected.isEmpty()
              ? "verify: the catalogue of ops is not on the class path; start with the launcher, or"
                  + " add limbeck-engine's test jar"
              : "verify: no op's name is " + ops + "; try --ops 'lstm|gru'");
    }
    OpReport report = run(checks);
    List<String> differ = new ArrayList<>(expected);
    differ.removeIf(line -> !names.matcher(line.split(" ")[0]).matches());
    int compared = differ.size();
    differ.removeAll(report.bitLines());
    boolean ok = report.failures().isEmpty() && differ.isEmpty() && doctor.environment().ok();
    String conclusion = conclusion(checks.size(), report, compared, differ);
    String text =
        environment(doctor) + conclusion + "\n" + report.summary() + "\n" + report.table();
    AtomicFile.writeString(out, text);
    PrintWriter console = spec.commandLine().getOut();
    console.print(conclusion);
    console.println("written to " + out);
    console.flush();
    return ok ? 0 : 1;
  }

  private Pattern pattern() {
    try {
      return Pattern.compile(ops);
    } catch (PatternSyntaxException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "verify: --ops " + ops + " is no regular expression: " + e.getMessage());
    }
  }

  private OpReport run(List<OpChecks.Check> checks) {
    OpReport report = new OpReport(List.of(), List.of());
    PrintWriter err = spec.commandLine().getErr();
    long start = System.nanoTime();
    long shown = start;
    for (int i = 0; i < checks.size(); i++) {
      long now = System.nanoTime();
      if (now - shown > NANOS) {
        double left = (now - start) * 1e-9 * (checks.size() - i) / i;
        String name = checks.get(i).op().spec().name();
        err.printf(Locale.ROOT, "%3d %%  %.0f s left  [%s]%n", 100 * i / checks.size(), left, name);
        err.flush();
        shown = now;
      }
      report = report.and(checks.get(i).report().get());
    }
    return report;
  }

  private static String environment(Doctor doctor) {
    Environment e = doctor.environment();
    StringBuilder s =
        new StringBuilder(new Version().getVersion()[0] + ": ops verified on this JVM\n\n");
    s.append("jvm          ").append(e.jvm()).append('\n');
    s.append("system       ").append(e.os()).append(", ").append(e.cpu()).append('\n');
    s.append("kernels      ").append(e.reason()).append('\n');
    s.append("fingerprint  ").append(e.fingerprint()).append('\n');
    doctor.remarks().forEach(r -> s.append("remark       ").append(r).append('\n'));
    return s.append('\n').toString();
  }

  private static String conclusion(
      int settings, OpReport report, int compared, List<String> differ) {
    StringBuilder s = new StringBuilder();
    s.append(settings).append(" settings of ops, ").append(report.rows().size());
    s.append(" configurations: ");
    s.append(report.failures().isEmpty() ? "all checks pass" : "FAILED").append('\n');
    report.failures().forEach(f -> s.append("  ").append(f).append('\n'));
    s.append("bits of ").append(compared - differ.size()).append(" of ").append(compared);
    s.append(" ops are those of every JVM\n");
    differ.forEach(line -> s.append("  expected ").append(line).append('\n'));
    return s.toString();
  }
}
