package limbeck.autograd.module;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import limbeck.autograd.Module;
import limbeck.autograd.Tracer;
import limbeck.autograd.Var;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transformer layers and stacks: gradients, names, programs, dropout, decoding. */
class TransformerTest {
  private static final TransformerSettings SETTINGS = TransformerSettings.of(8, 2, 12);

  private final OpContext context = new OpContext(Workers.inline());

  private static Var lengths(int... lengths) {
    return Var.of(Tensor.of(Shape.of(lengths.length), lengths));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsOfAnEncoder(boolean normFirst) {
    TransformerEncoder model =
        new TransformerEncoder(SETTINGS.activation(new Gelu()).normFirst(normFirst), 2, normFirst);
    model.allocate(DType.F64).init(3);
    model.train(7, 8); // with dropout, the same in each pass
    Var x = Var.of(normal(DType.F64, 1, 2, 5, 8));
    Var targets = Var.of(normal(DType.F64, 2, 2, 5, 8));
    AttentionMask mask = AttentionMask.lengths(lengths(3, 5));
    ModelCheck.require(
        model, () -> model.forward(x, mask).apply(SquaredError.mean(), targets), 1e-6);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsOfADecoder(boolean normFirst) {
    TransformerDecoder model =
        new TransformerDecoder(SETTINGS.activation(new Gelu()).normFirst(normFirst), 2, normFirst);
    model.allocate(DType.F64).init(3);
    model.train(7, 8);
    Var x = Var.of(normal(DType.F64, 1, 2, 4, 8));
    Var memory = Var.of(normal(DType.F64, 2, 2, 5, 8));
    Var targets = Var.of(normal(DType.F64, 3, 2, 4, 8));
    ModelCheck.require(
        model, () -> model.forward(x, memory).apply(SquaredError.mean(), targets), 1e-6);
  }

  @Test
  void namesAreThoseOfPyTorch() {
    TransformerDecoder decoder = new TransformerDecoder(SETTINGS, 2, true);
    decoder.init(1);
    Set<String> parts = new TreeSet<>();
    for (String path : decoder.state().keySet()) {
      parts.add(path.substring(0, path.lastIndexOf('.')));
    }
    assertTrue(
        parts.containsAll(
            List.of(
                "layers.0.self_attn.query",
                "layers.1.multihead_attn.output",
                "layers.0.linear1",
                "layers.1.linear2",
                "layers.0.norm3",
                "norm")),
        parts.toString());
    assertEquals(2 * (4 + 4 + 2 + 3) + 1, parts.size());
    assertEquals(2, decoder.layers().size());
    TransformerEncoder encoder = new TransformerEncoder(SETTINGS, 1, false);
    encoder.init(1);
    assertEquals(2 * (4 + 2 + 2), encoder.state().size());
    assertEquals(1, encoder.layers().size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aProgramIsTheEncoder(boolean normFirst, @TempDir Path folder) throws IOException {
    TraceCheck.require(
        new TransformerEncoder(SETTINGS.normFirst(normFirst), 2, normFirst), folder, 6, 8);
  }

  /** One program for any batch and any number of steps, with lengths or a memory beside them. */
  @Test
  void programsTakeLengthsAndMemories(@TempDir Path folder) throws IOException {
    TransformerEncoder encoder = new TransformerEncoder(SETTINGS, 2, false);
    encoder.init(3);
    Function<List<Var>, Var> encode =
        in -> encoder.forward(in.get(0), AttentionMask.lengths(in.get(1)));
    Program program =
        saved(folder, encoder, encode, steps("x"), Input.of("lengths", DType.I32, Shape.SCALAR));
    assertIsTheModel(program, encode, normal(1, 2, 6, 8), lengths(6, 1).value());
    assertIsTheModel(program, encode, normal(1, 3, 17, 8), lengths(0, 17, 9).value());
    TransformerDecoder decoder = new TransformerDecoder(SETTINGS, 2, false);
    decoder.init(3);
    Function<List<Var>, Var> decode = in -> decoder.forward(in.get(0), in.get(1));
    program = saved(folder, decoder, decode, steps("x"), steps("memory"));
    assertIsTheModel(program, decode, normal(1, 2, 6, 8), normal(2, 2, 3, 8));
    assertIsTheModel(program, decode, normal(1, 5, 1, 8), normal(2, 5, 33, 8));
  }

  private static Input steps(String name) {
    return Input.of(name, DType.F32, Shape.of(4, 8)).free(0);
  }

  private static Program saved(
      Path folder, Module model, Function<List<Var>, Var> forward, Input... inputs)
      throws IOException {
    Path file = folder.resolve("model.safetensors");
    Tracer.trace(model, forward, inputs).save(file, Map.of());
    return Program.load(file);
  }

  private void assertIsTheModel(
      Program program, Function<List<Var>, Var> forward, Tensor first, Tensor second) {
    Tensor y = Tensor.zeros(DType.F32, first.shape());
    program.runner(Workers.inline()).run(new Tensor[] {first, second}, y);
    List<Var> in = List.of(Var.of(first), Var.of(second));
    assertSameBits(Module.infer(context, () -> forward.apply(in)), y, "batch " + first.shape());
    context.workspace().reset();
  }

  @Test
  void dropoutIsOfTrainingAlone() {
    TransformerEncoder model = new TransformerEncoder(SETTINGS.dropout(0.4), 1, false);
    model.init(3);
    Var x = Var.of(normal(1, 2, 5, 8));
    Tensor evaluated = model.forward(x).value();
    model.train(1, 1);
    Tensor trained = model.forward(x).value();
    assertSameBits(trained, model.forward(x).value(), "the same step");
    int different = 0;
    for (int i = 0; i < trained.size(); i++) {
      different += trained.get(i) != evaluated.get(i) ? 1 : 0;
    }
    assertEquals(trained.size(), different, 0.1 * trained.size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLanguageModelDecodesStepByStep(boolean normFirst) {
    TransformerEncoder model = new TransformerEncoder(SETTINGS.normFirst(normFirst), 3, normFirst);
    model.init(3);
    Tensor x = normal(1, 2, 9, 8);
    Tensor whole = model.forward(Var.of(x), AttentionMask.CAUSAL).value();
    List<KeyValueCache> caches = model.caches(2, 12);
    for (int step = 0; step < 9; step++) {
      Var next = Var.of(MultiHeadAttentionTest.steps(x, step, step + 1));
      Tensor y = Module.infer(context, () -> model.forward(next, caches));
      Tensor expected = MultiHeadAttentionTest.steps(whole, step, step + 1);
      assertSameBits(expected, y, "step " + step);
      context.workspace().reset();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDecoderDecodesStepByStep(boolean normFirst) {
    TransformerDecoder model = new TransformerDecoder(SETTINGS.normFirst(normFirst), 2, normFirst);
    model.init(3);
    Tensor x = normal(1, 2, 7, 8);
    Var memory = Var.of(normal(2, 2, 5, 8));
    AttentionMask memoryMask = AttentionMask.lengths(lengths(5, 3));
    Tensor whole = model.forward(Var.of(x), AttentionMask.CAUSAL, memory, memoryMask).value();
    List<DecoderCache> caches = model.caches(memory, memoryMask, 7);
    for (int step = 0; step < 7; step++) {
      Var next = Var.of(MultiHeadAttentionTest.steps(x, step, step + 1));
      Tensor y = Module.infer(context, () -> model.forward(next, caches));
      Tensor expected = MultiHeadAttentionTest.steps(whole, step, step + 1);
      assertSameBits(expected, y, "step " + step);
      context.workspace().reset();
    }
  }

  @Test
  void aRememberedMemoryHasNoCausalOrder() {
    TransformerDecoder model = new TransformerDecoder(SETTINGS, 1, false);
    model.init(3);
    Var memory = Var.of(normal(2, 2, 5, 8));
    AttentionMask causal = AttentionMask.lengths(lengths(5, 3)).inCausalOrder();
    assertRefuses(
        "decoderCache: a memory that is remembered has no causal order with queries that come step"
            + " by step; take a mask that is not causal",
        () -> model.caches(memory, causal, 7));
  }

  /** A refused call leaves all caches as they were: decoding goes on with the right ones. */
  @Test
  void cachesOfAnotherStack() {
    TransformerEncoder model = new TransformerEncoder(SETTINGS, 3, false);
    model.init(3);
    List<KeyValueCache> right = model.caches(2, 4);
    Var x = Var.of(normal(1, 2, 2, 8));
    model.forward(x, right);
    KeyValueCache empty = model.caches(2, 4).get(0);
    KeyValueCache full = model.caches(2, 3).get(0);
    model.layers().get(2).forward(x, full);
    List<List<KeyValueCache>> wrong =
        List.of(
            right.subList(0, 2),
            List.of(right.get(0), right.get(1), right.get(2), empty),
            List.of(right.get(0), right.get(1), empty),
            List.of(right.get(0), right.get(1), full));
    List<String> messages =
        List.of(
            "transformerEncoder: 2 caches for 3 layers",
            "transformerEncoder: 4 caches for 3 layers",
            "transformerEncoder: the cache of layer 2 holds 0 steps, that of layer 0 2",
            "keyValueCache: 2 more steps after 2 are too many for a capacity of 3");
    for (int i = 0; i < wrong.size(); i++) {
      List<KeyValueCache> caches = wrong.get(i);
      assertRefuses(messages.get(i), () -> model.forward(x, caches));
      assertEquals(List.of(2, 2, 2), right.stream().map(KeyValueCache::length).toList());
      assertEquals(List.of(0, 2), List.of(empty.length(), full.length()));
    }
  }

  @Test
  void cachesOfAnotherDecoder() {
    TransformerDecoder model = new TransformerDecoder(SETTINGS, 2, false);
    model.init(3);
    Var memory = Var.of(normal(2, 2, 5, 8));
    List<DecoderCache> right = model.caches(memory, AttentionMask.NONE, 4);
    Var x = Var.of(normal(1, 2, 2, 8));
    model.forward(x, right);
    List<DecoderCache> other = model.caches(memory, AttentionMask.NONE, 4);
    assertRefuses(
        "transformerDecoder: 1 caches for 2 layers", () -> model.forward(x, right.subList(0, 1)));
    assertRefuses(
        "transformerDecoder: the cache of layer 1 holds 0 steps, that of layer 0 2",
        () -> model.forward(x, List.of(right.get(0), other.get(1))));
    assertRefuses(
        "keyValueCache: 3 more steps after 2 are too many for a capacity of 4",
        () -> model.forward(Var.of(normal(1, 2, 3, 8)), right));
    other.get(1).memory().clear();
    assertThrows(IllegalStateException.class, () -> model.forward(x, other));
    assertEquals(0, other.get(0).past().length());
    assertEquals(List.of(2, 2), right.stream().map(c -> c.past().length()).toList());
  }

  private static void assertRefuses(String message, Runnable use) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, use::run).getMessage());
  }

  @Test
  void settingsOutOfRange() {
    assertRefuses(
        "transformer: a width of 8 does not split into 3 heads",
        () -> TransformerSettings.of(8, 3, 12));
    assertRefuses("transformer: 0 hidden units, 1 at least", () -> TransformerSettings.of(8, 2, 0));
    assertRefuses(
        "transformerEncoder: 0 layers, 1 at least",
        () -> new TransformerEncoder(SETTINGS, 0, true));
    assertRefuses(
        "transformerDecoder: 0 layers, 1 at least",
        () -> new TransformerDecoder(SETTINGS, 0, true));
    assertThrows(
        IllegalArgumentException.class, () -> new TransformerEncoderLayer(SETTINGS.dropout(1)));
    assertThrows(
        IllegalArgumentException.class, () -> new TransformerDecoderLayer(SETTINGS.epsilon(0)));
  }

  @Test
  void aDecoderNeedsAMemory() {
    TransformerDecoder model = new TransformerDecoder(SETTINGS, 1, false);
    model.init(3);
    Var x = Var.of(normal(1, 2, 7, 8));
    String said =
        assertThrows(UnsupportedOperationException.class, () -> model.forward(x)).getMessage();
    assertTrue(said.startsWith("transformerDecoderLayer: a memory is needed"), said);
  }
}
