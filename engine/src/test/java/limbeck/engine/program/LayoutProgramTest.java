package limbeck.engine.program;

import static limbeck.engine.program.Networks.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.TensorFile;
import limbeck.engine.op.Add;
import limbeck.engine.op.Linear;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.ExpandAs;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.layout.MaskFill;
import limbeck.engine.op.layout.OneHot;
import limbeck.engine.op.layout.Pad;
import limbeck.engine.op.layout.Permute;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.op.reduce.LogSumExp;
import limbeck.engine.op.reduce.Max;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.op.reduce.Variance;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of ops that move and reduce: any batch, nothing allocated, files, types. */
class LayoutProgramTest {
  private static final int TIME = 6;
  private static final int WIDTH = 20;

  @TempDir Path folder;

  /**
   * From [batch, time, width]; every op but those on ids, and reductions along all kinds of axes.
   */
  private static Program moves() {
    Program.Builder b = Program.builder(DType.F32, Shape.of(TIME, WIDTH));
    int bias = b.constant("bias", normal(1, WIDTH));
    int mask = b.constant("mask", Tensor.of(Shape.of(TIME, 1), 1, 1, 0, 1, 0, 1));
    int x = b.step(new Add(), 0, b.step(new ExpandAs(), bias, 0));
    x = b.step(new MaskFill(-3), x, mask);
    int turned = b.step(Permute.to(0, 2, 1), x);
    int back = b.step(Permute.to(0, 2, 1), b.step(new Slice(1, 1, Slice.END, 2), turned));
    int wide = b.step(new Pad(List.of(4), List.of(6), 0.5), back);
    int both = b.step(new Concat(2, 2), x, wide);
    int mean = b.step(new Mean(1), both);
    int sum = b.step(new Sum(1), both);
    int all = b.step(new Concat(-1, 2), mean, sum);
    int max = b.step(new Max(List.of(-1), true), all);
    int log = b.step(new LogSumExp(List.of(-1), true), all);
    int variance = b.step(new Variance(List.of(-1), true, 1), all);
    b.step(new Concat(-1, 4), all, max, log, variance);
    return b.build();
  }

  private static final int OUT = 4 * WIDTH + 3;

  @Test
  void anExampleHasTheSameBitsInAnyBatch() throws IOException {
    Path file = folder.resolve("moves");
    moves().save(file, Map.of());
    Runner runner = Program.load(file).runner(Workers.inline());
    float[] in = normal(2, 9, TIME, WIDTH).floats();
    float[] all = new float[9 * OUT];
    moves().runner(Workers.inline()).run(in, all);
    for (int batch : new int[] {1, 2, 9, 4}) {
      float[] out = new float[batch * OUT];
      runner.run(Arrays.copyOf(in, batch * TIME * WIDTH), out);
      assertArrayEquals(Arrays.copyOf(all, out.length), out, "batch " + batch);
    }
  }

  @Test
  void runsAllocateNothing() {
    Runner runner = moves().runner(Workers.inline());
    float[] in = normal(2, 9, TIME, WIDTH).floats();
    float[] out = new float[9 * OUT];
    Allocations.assertNone(call -> runner.run(in, out));
  }

  /** Ids in, two ways to look up rows of a table. */
  @Test
  void idsAsInput() {
    Program.Builder gather = Program.builder(DType.I32, Shape.of(3));
    gather.step(new Gather(0), gather.constant("table", normal(3, 7, 4)), 0);
    Program.Builder product = Program.builder(DType.I32, Shape.of(3));
    int w = product.constant("w", transposed(normal(3, 7, 4)));
    int zero = product.constant("zero", Tensor.zeros(DType.F32, Shape.of(4)));
    product.step(new Linear(), product.step(new OneHot(7), 0), w, zero);
    Tensor ids = Tensor.of(Shape.of(2, 3), 6, 0, 3, 3, 1, 2);
    Tensor a = Tensor.zeros(DType.F32, Shape.of(2, 3, 4));
    Tensor b = Tensor.zeros(DType.F32, Shape.of(2, 3, 4));
    gather.build().runner(Workers.inline()).run(ids, a);
    product.build().runner(Workers.inline()).run(ids, b);
    assertArrayEquals(a.floats(), b.floats());
  }

  private static Tensor transposed(Tensor x) {
    Tensor y = Tensor.zeros(DType.F32, Shape.of(x.shape().axis(1), x.shape().axis(0)));
    for (int i = 0; i < x.size(); i++) {
      int columns = x.shape().axis(1);
      y.set(i % columns * x.shape().axis(0) + i / columns, x.get(i));
    }
    return y;
  }

  @Test
  void anOpOnIdsAloneSaysTheType() throws IOException {
    for (DType type : new DType[] {DType.F32, DType.F64}) {
      Program.Builder builder = Program.builder(DType.I32, Shape.of());
      int hot = builder.step(new OneHot(3, 0.5, -0.5, type), 0);
      builder.step(new Sum(-1), builder.step(new Softmax(), hot));
      Path file = folder.resolve(type.name());
      builder.build().save(file, Map.of());
      Tensor out = Tensor.zeros(type, Shape.of(2));
      Program.load(file).runner(Workers.inline()).run(Tensor.of(Shape.of(2), 2, 0), out);
      assertEquals(1, out.get(0), 1e-6); // three probabilities
      assertEquals(1, out.get(1), 1e-6);
    }
  }

  @Test
  void typesThatDoNotFit() {
    Program.Builder mixed = Program.builder(DType.I32, Shape.of());
    int shift = mixed.constant("shift", normal(1, 3));
    int hot = mixed.step(new OneHot(3, 1, 0, DType.F64), 0);
    mixed.step(new Add(), hot, mixed.step(new ExpandAs(), shift, hot));
    ShapeException e = assertThrows(ShapeException.class, mixed::build);
    assertEquals(
        "program: step 0 (oneHot) makes a value of type F64, but the program computes in F32",
        e.getMessage());
    Program.Builder ids = Program.builder(DType.I32, Shape.of(2));
    ids.step(new Sum(-1), 0);
    assertSays("step 0 (sum) reads x of type I32, a floating type expected", ids);
  }

  @Test
  void operandsOfAnotherKind() {
    Tensor ones = Tensor.of(Shape.of(2), 1f, 1f);
    Program.Builder norm = Program.builder(DType.F32, Shape.of(2));
    int gamma = norm.constant("gamma", ones);
    int variance = norm.constant("variance", Tensor.of(Shape.of(2), 1, 1));
    norm.step(new BatchNormInference(1e-5), 0, gamma, gamma, gamma, variance);
    assertSays("step 0 (batchNormInference) reads variance of type I32, a floating type", norm);
    Program.Builder mask = Program.builder(DType.F32, Shape.of(2));
    mask.step(new MaskFill(0), 0, mask.constant("mask", ones));
    assertSays("step 0 (maskFill) reads mask of type F32, I32 expected", mask);
    Program.Builder sum = Program.builder(DType.F32, Shape.of(2));
    sum.step(new Add(), 0, sum.constant("ids", Tensor.of(Shape.of(2), 1, 1)));
    assertSays("step 0 (add) reads b of type I32, a floating type expected", sum);
    Program.Builder like = Program.builder(DType.F32, Shape.of(2));
    like.step(new ExpandAs(), 0, like.constant("ids", Tensor.of(Shape.of(3, 1, 2), new int[6])));
    like.build(); // its shape alone counts
  }

  private static void assertSays(String message, Program.Builder wrong) {
    String said = assertThrows(ShapeException.class, wrong::build).getMessage();
    assertTrue(said.startsWith("program: " + message), said);
  }

  @Test
  void infinitiesInFiles() throws IOException {
    Program.Builder b = Program.builder(DType.F32, Shape.of(3));
    int mask = b.constant("mask", Tensor.of(Shape.of(3), 1, 0, 1));
    b.step(new MaskFill(Double.NEGATIVE_INFINITY), 0, mask);
    Path file = folder.resolve("infinite");
    b.build().save(file, Map.of());
    Program loaded = Program.load(file);
    assertEquals(new MaskFill(Double.NEGATIVE_INFINITY), loaded.steps().get(0).op());
    float[] out = new float[3];
    loaded.runner(Workers.inline()).run(new float[] {1, 2, 3}, out);
    assertArrayEquals(new float[] {1, Float.NEGATIVE_INFINITY, 3}, out);
  }

  @Test
  void settingsThatDoNotFit() throws IOException {
    Program.Builder b = Program.builder(DType.I32, Shape.of());
    b.step(new OneHot(3), 0);
    Path file = folder.resolve("oneHot");
    b.build().save(file, Map.of());
    String json = Checkpoints.loadOnly(file).metadata().get(ProgramFile.KEY);
    assertRefuses(json.replace("\"F32\"", "\"F16\""), "type \"F16\" is none of [F32, F64, I32]");
    assertRefuses(json.replace("\"F32\"", "\"I32\""), "3 classes as I32");
    assertRefuses(json.replace("\"on\":1.0", "\"on\":\"one\""), "\"on\" is not a number");
  }

  private void assertRefuses(String json, String message) throws IOException {
    Path file = folder.resolve("changed");
    Checkpoints.save(file, Map.of(), Map.of(ProgramFile.KEY, json));
    TensorFile read = Checkpoints.loadOnly(file);
    FormatException e = assertThrows(FormatException.class, () -> Program.of(read, "changed"));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
