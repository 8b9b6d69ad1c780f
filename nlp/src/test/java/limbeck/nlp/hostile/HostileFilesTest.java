package limbeck.nlp.hostile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.hostile.HostileJvm;
import org.junit.jupiter.api.Test;

/** Damaged files, and small files that ask for much, in a JVM with a heap of 64 MiB. */
class HostileFilesTest {
  @Test
  void damagedFilesAreReadOrRefusedInTime() throws Exception {
    String out = HostileJvm.run(NlpReaders.class);
    assertTrue(out.contains("| jsonl | "), out);
    assertFalse(out.contains("DEFECT"), out);
  }

  @Test
  void filesThatAskForMuchAreRefused() throws Exception {
    String out = HostileJvm.run(GreedyFiles.class);
    assertTrue(out.contains("all refused"), out);
  }
}
