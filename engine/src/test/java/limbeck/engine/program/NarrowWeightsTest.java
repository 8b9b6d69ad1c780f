package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.HalfFloats;
import limbeck.engine.io.Json;
import limbeck.engine.io.NarrowWeights;
import limbeck.engine.io.Safetensors;
import limbeck.engine.io.StoredType;
import limbeck.engine.io.TensorFile;
import limbeck.engine.io.WeightType;
import limbeck.engine.op.Linear;
import limbeck.engine.op.Relu;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs in files of fewer bits. */
class NarrowWeightsTest {
  @TempDir Path folder;

  private Path save(Program program, WeightType type) throws Exception {
    Path file = folder.resolve(type + ".safetensors");
    program.save(file, Map.of("made.by", "a test"), type);
    return file;
  }

  private static Tensor constant(Program p, String name) {
    return p.constants().stream().filter(c -> c.name().equals(name)).findAny().get().value();
  }

  private static float[] run(Program p) {
    float[] out = new float[3 * Networks.OUT];
    p.runner(Workers.inline()).run(Networks.inputs(3), out);
    return out;
  }

  @ParameterizedTest
  @EnumSource(WeightType.class)
  void inMemoryAllAreFloats(WeightType type) throws Exception {
    Program program = Networks.branched();
    Program loaded = Program.load(save(program, type));
    assertEquals(program.bytes(), loaded.bytes());
    assertEquals(
        program.constants().stream().map(Program.Constant::name).toList(),
        loaded.constants().stream().map(Program.Constant::name).toList());
    for (Program.Constant c : loaded.constants()) {
      assertEquals(DType.F32, c.value().dtype());
    }
    // b1 and b2 stay; probabilities of this network move by less than these errors of weights
    assertArrayEquals(constant(program, "b1").floats(), constant(loaded, "b1").floats());
    assertArrayEquals(run(program), run(loaded), type == WeightType.FLOAT32 ? 0 : 0.5f);
  }

  @Test
  void typesOfTheFile() throws Exception {
    Program program = Networks.branched();
    TensorFile half = Safetensors.read(save(program, WeightType.FLOAT16));
    assertEquals(StoredType.F16, half.stored("w1"));
    assertEquals(StoredType.F32, half.stored("b1"));
    TensorFile brain = Safetensors.read(save(program, WeightType.BFLOAT16));
    assertEquals(StoredType.BF16, brain.stored("w2"));
    TensorFile int8 = Safetensors.read(save(program, WeightType.INT8));
    assertEquals(List.of("w1", "w1.scale", "b1", "w2", "w2.scale", "b2"), int8.names());
    assertEquals(StoredType.I8, int8.stored("w1"));
    assertEquals(StoredType.F32, int8.stored("w1.scale"));
    assertEquals(Shape.of(83), int8.shape("w1.scale"));
    assertEquals(
        Json.parse(
            """
            {"version": 1, "type": "int8", "scale": "largest/127",
             "weight": "tensor[c, ...] * scale[c], a float32 product",
             "scales": {"w1": "w1.scale", "w2": "w2.scale"}}
            """),
        Json.parse(int8.metadata().get(NarrowWeights.KEY)));
    TensorFile plain = Safetensors.read(save(program, WeightType.FLOAT32));
    assertFalse(plain.metadata().containsKey(NarrowWeights.KEY));
  }

  @Test
  void halvesAreTheNearest() throws Exception {
    Program program = Networks.branched();
    Program half = Program.load(save(program, WeightType.FLOAT16));
    Program brain = Program.load(save(program, WeightType.BFLOAT16));
    Tensor w = constant(program, "w1");
    for (int i = 0; i < w.size(); i++) {
      float x = w.floats()[i];
      assertEquals(
          HalfFloats.fromFloat16(HalfFloats.toFloat16(x)), constant(half, "w1").floats()[i]);
      assertEquals(
          HalfFloats.fromBfloat16(HalfFloats.toBfloat16(x)), constant(brain, "w1").floats()[i]);
    }
  }

  /** What any reader can do with codes, scales and the description gives the same bits. */
  @Test
  void int8IsAProductOfTwoFloats() throws Exception {
    for (WeightType type : List.of(WeightType.INT8, WeightType.INT8_CALIBRATED)) {
      Path file = save(Networks.branched(), type);
      TensorFile stored = Safetensors.read(file);
      Tensor codes = stored.tensor("w1");
      Tensor loaded = constant(Program.load(file), "w1");
      for (int i = 0; i < codes.size(); i++) {
        float scale = stored.tensor("w1.scale").floats()[i / Networks.IN];
        assertEquals(codes.ints()[i] * scale, loaded.floats()[i]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(WeightType.class)
  void equalProgramsGiveEqualBytes(WeightType type) throws Exception {
    byte[] first = Files.readAllBytes(save(Networks.branched(), type));
    assertArrayEquals(first, Files.readAllBytes(save(Networks.branched(), type)));
  }

  /** A copy of a narrow model says of itself what it is, not what it was read from. */
  @Test
  void savedAgainTheDescriptionIsNew() throws Exception {
    Path int8 = save(Networks.branched(), WeightType.INT8);
    Program loaded = Program.load(int8);
    Path again = folder.resolve("again");
    loaded.save(again, Safetensors.read(int8).metadata());
    assertFalse(Safetensors.read(again).metadata().containsKey(NarrowWeights.KEY));
    assertEquals(StoredType.F32, Safetensors.read(again).stored("w1"));
    assertArrayEquals(run(loaded), run(Program.load(again)));
  }

  private static Program linear(Tensor w, String second) {
    Program.Builder b = Program.builder(DType.F32, Shape.of(w.shape().axis(1)));
    int weight = b.constant("w", w);
    int bias = b.constant(second, Tensor.zeros(DType.F32, Shape.of(w.shape().axis(0))));
    b.step(new Relu(), b.step(new Linear(), 0, weight, bias));
    return b.build();
  }

  @Test
  void whatATypeCannotHoldIsRefusedAndNothingWritten() {
    Tensor w = Tensor.of(Shape.of(2, 2), 1f, 65519f, -65520f, 0f);
    refuses(
        w,
        WeightType.FLOAT16,
        "safetensors: tensor \"w\" has -65520.0 at element 2 of [2, 2], beyond the range of F16");
    refuses(
        Tensor.of(Shape.of(1, 2), 1f, Float.MAX_VALUE),
        WeightType.BFLOAT16,
        "safetensors: tensor \"w\" has 3.4028235e+38 at element 1 of [1, 2], beyond the range of"
            + " BF16");
    for (WeightType type : List.of(WeightType.INT8, WeightType.INT8_CALIBRATED)) {
      refuses(
          Tensor.of(Shape.of(1, 2), 1f, Float.NaN),
          type,
          "weights: \"w\" has NaN at element 1 of [1, 2], which int8 cannot hold");
    }
  }

  private void refuses(Tensor w, WeightType type, String message) {
    Path file = folder.resolve("none");
    Program program = linear(w, "b");
    var e = assertThrows(IllegalArgumentException.class, () -> program.save(file, Map.of(), type));
    assertEquals(message, e.getMessage());
    assertFalse(Files.exists(file));
  }

  /** The largest numbers of all three types come back finite, and NaN stays NaN in halves. */
  @Test
  void theLargestAndTheLeast() throws Exception {
    Tensor w = Tensor.of(Shape.of(2, 2), Float.MAX_VALUE, 0f, Float.MIN_VALUE, -0f);
    Tensor back = constant(Program.load(save(linear(w, "b"), WeightType.INT8)), "w");
    // one float below 1/127 of the largest is 127 of its ulps, which are its 2⁻²³ at most
    assertEquals(Float.MAX_VALUE, back.get(0), Float.MAX_VALUE * 0x1p-23);
    assertEquals(Float.MIN_VALUE, back.get(2));
    Tensor odd = Tensor.of(Shape.of(1, 2), Float.NaN, Float.NEGATIVE_INFINITY);
    Tensor half = constant(Program.load(save(linear(odd, "b"), WeightType.FLOAT16)), "w");
    assertTrue(Double.isNaN(half.get(0)));
    assertEquals(Double.NEGATIVE_INFINITY, half.get(1));
  }

  /** A constant that has the name of a scale keeps it. */
  @Test
  void namesOfScalesDoNotCollide() throws Exception {
    Tensor w = Tensor.of(Shape.of(2, 2), 1f, 2f, 3f, 4f);
    Path file = save(linear(w, "w.scale"), WeightType.INT8);
    assertEquals(List.of("w", "w.scale.scale", "w.scale"), Safetensors.read(file).names());
    Program loaded = Program.load(file);
    assertEquals(0, constant(loaded, "w.scale").get(1));
    assertEquals(4, constant(loaded, "w").get(3), 4 / 254.0);
  }

  @Test
  void onlyMatricesOfFloatsAreNarrowed() {
    Map<String, Tensor> tensors =
        Map.of(
            "ids", Tensor.zeros(DType.I32, Shape.of(2, 2)),
            "wide", Tensor.zeros(DType.F64, Shape.of(2, 2)),
            "b", Tensor.zeros(DType.F32, Shape.of(2)));
    for (String name : List.of("ids", "wide", "b", "none")) {
      var e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  NarrowWeights.save(
                      folder.resolve("x"),
                      tensors,
                      java.util.Set.of(name),
                      WeightType.INT8,
                      Map.of()));
      assertTrue(e.getMessage().startsWith("weights: \"" + name + "\" is "), e.getMessage());
    }
  }

  @Test
  void damageIsNoticed() throws Exception {
    for (WeightType type : WeightType.values()) {
      Path file = save(Networks.branched(), type);
      byte[] bytes = Files.readAllBytes(file);
      for (int back : new int[] {1, 300, 1000}) {
        byte[] turned = bytes.clone();
        turned[turned.length - back] ^= 1;
        Path changed = Files.write(folder.resolve("turned"), turned);
        assertThrows(java.io.IOException.class, () -> Checkpoints.loadOnly(changed));
      }
    }
  }
}
