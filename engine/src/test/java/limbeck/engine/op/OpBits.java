package limbeck.engine.op;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import limbeck.engine.io.Sha256;
import limbeck.engine.verify.OpReport;

/** What the float32 results and gradients of the catalogue's ops are, to the bit. */
final class OpBits {
  private static final String RESOURCE = "op-bits.txt";

  private OpBits() {}

  /** A line for each op: its name, the number of configurations, the hash of all their bits. */
  static List<String> lines(List<OpReport.Row> rows) {
    Map<String, StringBuilder> byOp = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (OpReport.Row r : rows) {
      byOp.computeIfAbsent(r.op(), op -> new StringBuilder())
          .append(r.configuration())
          .append(' ')
          .append(r.bits())
          .append('\n');
      counts.merge(r.op(), 1, Integer::sum);
    }
    List<String> lines = new ArrayList<>();
    byOp.forEach(
        (op, text) -> {
          String hash = Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8));
          lines.add(op + " " + counts.get(op) + " " + hash.substring(0, 16));
        });
    return lines;
  }

  /** The lines that every JVM must find. */
  static List<String> expected() throws IOException {
    try (InputStream in = OpBits.class.getResourceAsStream(RESOURCE)) {
      assertNotNull(in, "no resource " + RESOURCE);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
