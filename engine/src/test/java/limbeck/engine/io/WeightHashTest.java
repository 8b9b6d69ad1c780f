package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightHashTest {
  @Test
  void sha256OfKnownTexts(@TempDir Path folder) throws Exception {
    // the examples of FIPS 180-4
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        Sha256.hex(new byte[0]));
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
    String hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertEquals(hash, Sha256.hex(abc));
    Path file = Files.write(folder.resolve("abc"), abc);
    assertEquals(hash, Sha256.hex(file));
  }

  /** Hashes computed with Python's struct and hashlib from the description in the class. */
  @Test
  void isTheHashOfTheDescribedBytes() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("w", Tensor.of(Shape.of(1, 2), 1f, -2f));
    tensors.put("é", Tensor.of(Shape.SCALAR, 7));
    assertEquals(
        "ca1c281abb6f9d7b4ac43a82c2e03383f6d670447e813069b9c498ee4befe15b", WeightHash.of(tensors));
    assertEquals(
        "7e8c94b064d5a884cd83b132539264a8775fc868223a6f38067c19d000e88c5c",
        WeightHash.of(tensors, Map.of("k", "v")));
    assertEquals(
        "249d83407c001655e36f44e0cafc566969fcbe7cfa8eff94fefcb3af38837b65",
        WeightHash.of(Tensor.of(Shape.of(1), 0.5)));
  }

  @Test
  void everythingThatCanDifferChangesIt() {
    Set<String> hashes = new HashSet<>();
    List<Tensor> different =
        List.of(
            Tensor.of(Shape.of(1, 2), 0f, 1f),
            Tensor.of(Shape.of(2, 1), 0f, 1f),
            Tensor.of(Shape.of(2), 0f, 1f),
            Tensor.of(Shape.of(2), -0f, 1f),
            Tensor.of(Shape.of(2), 0f, Math.nextUp(1f)),
            Tensor.of(Shape.of(2), 0.0, 1.0),
            Tensor.of(Shape.of(2), 0, 0x3f800000),
            Tensor.of(Shape.of(2), 0f, Float.NaN),
            Tensor.of(Shape.of(2), 0f, Float.intBitsToFloat(0x7fc00001)),
            Tensor.zeros(DType.F32, Shape.of(0)));
    for (Tensor tensor : different) {
      hashes.add(WeightHash.of(tensor));
      hashes.add(WeightHash.of(Map.of("name", tensor)));
      hashes.add(WeightHash.of(tensor, tensor));
    }
    hashes.add(WeightHash.of());
    assertEquals(3 * different.size() + 1, hashes.size());
  }

  @Test
  void offsetsAndOwnersDoNotChangeIt() {
    float[] array = {9, 1, 2, 3, 9};
    Tensor view = Tensor.view(array, 1, Shape.of(3));
    assertEquals(WeightHash.of(view.own()), WeightHash.of(view));
    assertNotEquals(WeightHash.of(view), WeightHash.of(view.slice(0, 2)));
  }
}
