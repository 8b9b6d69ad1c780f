package limbeck.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import limbeck.engine.program.Program;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every op of inference, with each of its settings in the catalogue, comes back from a file. */
class StoredOpsTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyOpComesBackFromAFile() {
    Set<Op> tried = new LinkedHashSet<>();
    return OpCatalogue.entries().stream()
        .filter(entry -> !StoredPrograms.isForTraining(entry.op()) && tried.add(entry.op()))
        .map(entry -> DynamicTest.dynamicTest(entry.op().toString(), () -> check(entry)));
  }

  private void check(Entry entry) throws IOException {
    assertEquals(List.of(entry.op()), stored(StoredPrograms.of(entry)));
  }

  private List<Op> stored(Program program) throws IOException {
    Path file = folder.resolve("program.safetensors");
    try {
      program.save(file, Map.of());
    } catch (IllegalArgumentException e) {
      Op op = program.steps().get(0).op();
      throw new AssertionError(
          "op "
              + op.getClass().getSimpleName()
              + " cannot be read back from a program: return all of its components from settings()"
              + " and add a reader of \""
              + op.spec().name()
              + "\" to OpReaders; only what is documented as for training is left out here",
          e);
    }
    return Program.load(file).steps().stream().map(Program.Step::op).toList();
  }

  @Test
  void whatIsForTrainingAloneIsNotStored() {
    for (Entry entry : OpCatalogue.entries()) {
      if (StoredPrograms.isForTraining(entry.op())) {
        Program program = StoredPrograms.of(entry);
        String message = assertThrows(AssertionError.class, () -> stored(program)).getMessage();
        assertTrue(message.contains("add a reader of"), message);
      }
    }
  }
}
