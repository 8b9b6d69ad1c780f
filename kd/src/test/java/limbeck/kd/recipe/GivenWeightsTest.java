package limbeck.kd.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import limbeck.autograd.module.Linear;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.NarrowWeights;
import limbeck.engine.io.Safetensors;
import limbeck.engine.io.WeightHash;
import limbeck.engine.io.WeightType;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenWeightsTest {
  @TempDir private Path folder;

  private static Linear linear(long seed, int units) {
    Linear l = new Linear(3, units);
    l.init(seed);
    return l;
  }

  @Test
  void aFileFromElsewhereHasNoChecksumAndIsLoaded() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, linear(1, 2).state(), Map.of("format", "pt"));
    GivenWeights given = new GivenWeights(file);
    Linear other = linear(2, 2);
    given.loadInto(other);
    assertEquals(WeightHash.of(linear(1, 2).state()), WeightHash.of(other.state()));
    assertEquals(WeightHash.of(other.state()), given.hash());
  }

  @Test
  void aFileOfOursIsCheckedAgainstItsChecksum() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Checkpoints.save(file, linear(1, 2).state(), Map.of());
    new GivenWeights(file).loadInto(linear(2, 2));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    String message =
        assertThrows(FormatException.class, () -> new GivenWeights(file).loadInto(linear(2, 2)))
            .getMessage();
    assertTrue(message.contains("is damaged"), message);
  }

  /** Codes and scales of int8 weights are multiplied before a network sees them. */
  @Test
  void narrowWeightsAreWidened() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Map<String, Tensor> state = linear(1, 2).state();
    NarrowWeights.save(file, state, Set.of("weight"), WeightType.INT8, Map.of());
    Linear other = linear(2, 2);
    new GivenWeights(file).loadInto(other);
    Tensor expected = state.get("weight");
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), other.state().get("weight").get(i), 1 / 127.0);
    }
    assertEquals(WeightHash.of(state.get("bias")), WeightHash.of(other.state().get("bias")));
  }

  @Test
  void aFileThatChangesDuringTheRunIsNotedAndAnotherNetworksIsRefused() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, linear(1, 2).state(), Map.of());
    GivenWeights given = new GivenWeights(file);
    assertTrue(
        assertThrows(FormatException.class, () -> given.loadInto(linear(1, 4)))
            .getMessage()
            .contains("are not those of this network"));
    Safetensors.write(file, linear(3, 2).state(), Map.of());
    assertTrue(
        assertThrows(UncheckedIOException.class, given::hash)
            .getMessage()
            .contains("has changed since this run was planned"));
  }

  @Test
  void itIsNotReadBeforeItIsAskedFor() {
    GivenWeights given = new GivenWeights(folder.resolve("none.safetensors"));
    assertEquals(new GivenWeights(folder.resolve("none.safetensors")), given);
    assertThrows(UncheckedIOException.class, given::hash);
  }
}
