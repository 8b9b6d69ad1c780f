package limbeck.kd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import limbeck.kd.onnx.NodeResult;
import limbeck.kd.onnx.NodeTests;
import limbeck.kd.onnx.Tolerance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limbeck onnx test}. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Run test cases of ONNX: folders or tar archives of cases, each a model.onnx with inputs"
            + " and the outputs that they must give. What is not imported counts as unsupported;"
            + " the exit code is 1 if a result is wrong.")
final class OnnxTestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR|TAR",
      description = "folders, or tar archives, packed with gzip or not")
  private List<Path> places;

  @Option(
      names = "--rtol",
      paramLabel = "R",
      description = "how far a number may be off, as a part of it (default: 1e-3, the suite's)")
  private double relative = NodeTests.SUITE.relative();

  @Option(
      names = "--atol",
      paramLabel = "A",
      description = "and beside that (default: 1e-7, the suite's)")
  private double absolute = NodeTests.SUITE.absolute();

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<NodeResult> results =
        NodeTests.run(
            places,
            new Tolerance(relative, absolute),
            r -> {
              if (!json.on() && r.kind() != NodeResult.Kind.PASSED) {
                String kind = r.kind().name().toLowerCase(Locale.ROOT);
                out.printf(Locale.ROOT, "%-11s %s: %s%n", kind, r.name(), r.reason());
                out.flush();
              }
            });
    List<String> passed = names(results, NodeResult.Kind.PASSED);
    List<String> failed = names(results, NodeResult.Kind.FAILED);
    List<String> unsupported = names(results, NodeResult.Kind.UNSUPPORTED);
    if (json.on()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("passed", passed);
      all.put("failed", failed);
      all.put("unsupported", unsupported);
      JsonOption.print(spec, all);
    } else {
      out.printf(
          Locale.ROOT,
          "%d of %d cases passed, %d failed, %d unsupported%n",
          passed.size(),
          results.size(),
          failed.size(),
          unsupported.size());
      out.flush();
    }
    return failed.isEmpty() ? 0 : 1;
  }

  private static List<String> names(List<NodeResult> results, NodeResult.Kind kind) {
    return results.stream().filter(r -> r.kind() == kind).map(NodeResult::name).toList();
  }
}
