package limbeck.engine.hostile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged files, and small files that ask for much, in a JVM with a heap of 64 MiB. */
@Tag("simd") // once is enough
class HostileFilesTest {
  @Test
  void damagedFilesAreReadOrRefusedInTime() throws Exception {
    String out = HostileJvm.run(EngineReaders.class);
    assertTrue(out.contains("| onnx-import | "), out);
    assertFalse(out.contains("DEFECT"), out);
  }

  @Test
  void filesThatAskForMuchAreRefused() throws Exception {
    String out = HostileJvm.run(GreedyFiles.class);
    assertTrue(out.contains("all refused"), out);
  }
}
