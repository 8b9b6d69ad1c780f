package limbeck.engine.op;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import limbeck.engine.verify.OpCheck;
import limbeck.engine.verify.OpChecks;

/** The catalogue of all ops, for whoever wants to do its checks again. */
public final class CatalogueChecks implements OpChecks {
  private static final String BITS = "op-bits.txt";

  /** Found by its name. */
  public CatalogueChecks() {}

  static OpCheck check(Entry entry) {
    return OpCheck.of(entry.op()).definition(entry.definition()).precision(entry.precision());
  }

  @Override
  public List<Check> checks() {
    return OpCatalogue.entries().stream()
        .map(entry -> new Check(entry.op(), () -> check(entry).check(entry.samples())))
        .toList();
  }

  @Override
  public List<String> expectedBits() throws IOException {
    try (InputStream in = CatalogueChecks.class.getResourceAsStream(BITS)) {
      if (in == null) {
        throw new IOException("no resource " + BITS + " beside " + CatalogueChecks.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
