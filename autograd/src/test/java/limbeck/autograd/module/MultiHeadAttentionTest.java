package limbeck.autograd.module;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Taps;
import limbeck.autograd.Var;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layer around the op, its masks and its cache. */
class MultiHeadAttentionTest {
  private static final int WIDTH = 12;
  private static final int HEADS = 3;

  private final MultiHeadAttention layer = new MultiHeadAttention(WIDTH, HEADS);
  private final OpContext context = new OpContext(Workers.inline());

  private static Var lengths(int... lengths) {
    return Var.of(Tensor.of(Shape.of(lengths.length), lengths));
  }

  @Test
  void parametersHavePathsAndStartAsGlorotSays() {
    layer.init(1);
    assertEquals(
        List.of(
            "query.weight",
            "query.bias",
            "key.weight",
            "key.bias",
            "value.weight",
            "value.bias",
            "output.weight",
            "output.bias"),
        List.copyOf(layer.state().keySet()));
    double bound = StrictMath.sqrt(6.0 / (WIDTH + 3 * WIDTH));
    layer
        .state()
        .forEach(
            (path, t) -> {
              for (int i = 0; i < t.size(); i++) {
                assertTrue(Math.abs(t.get(i)) <= (path.endsWith("bias") ? 0 : bound), path);
              }
            });
  }

  /** Among them that of the keys' bias, which is 0: it adds the same to all scores of a query. */
  @Test
  void gradients() {
    layer.allocate(DType.F64).init(3);
    Var x = Var.of(normal(DType.F64, 1, 2, 4, WIDTH));
    Var memory = Var.of(normal(DType.F64, 2, 2, 5, WIDTH));
    Var targets = Var.of(normal(DType.F64, 3, 2, 4, WIDTH));
    AttentionMask mask = AttentionMask.lengths(lengths(5, 2));
    ModelCheck.require(
        layer, () -> layer.forward(x, memory, mask).apply(SquaredError.mean(), targets), 1e-6);
  }

  @Test
  void gradientsWithDropout() {
    MultiHeadAttention dropping = new MultiHeadAttention(WIDTH, WIDTH, HEADS, 0.3);
    dropping.allocate(DType.F64).init(3);
    dropping.train(5, 6);
    Var x = Var.of(normal(DType.F64, 1, 2, 6, WIDTH));
    Var targets = Var.of(normal(DType.F64, 3, 2, 6, WIDTH));
    ModelCheck.require(
        dropping,
        () -> dropping.forward(x, AttentionMask.CAUSAL).apply(SquaredError.mean(), targets),
        1e-6);
  }

  @Test
  void dropoutIsOfTrainingAndItsStep() {
    MultiHeadAttention dropping = new MultiHeadAttention(WIDTH, WIDTH, HEADS, 0.3);
    dropping.init(3);
    Var x = Var.of(normal(1, 2, 6, WIDTH));
    Tensor evaluated = dropping.forward(x).value();
    dropping.train(5, 6);
    Tensor step = dropping.forward(x).value();
    assertSameBits(step, dropping.forward(x).value(), "the same step");
    assertNotEquals(evaluated.get(0), step.get(0));
    dropping.train(5, 7);
    assertNotEquals(step.get(0), dropping.forward(x).value().get(0));
    dropping.evaluate();
    assertSameBits(evaluated, dropping.forward(x).value(), "evaluation");
  }

  @Test
  void aProgramIsTheLayer(@TempDir Path folder) throws IOException {
    TraceCheck.require(layer, folder, 7, WIDTH);
  }

  private static final class Ordered extends Module {
    private final MultiHeadAttention attention = child("a", new MultiHeadAttention(WIDTH, HEADS));

    @Override
    public Var forward(Var x) {
      return attention.forward(x, AttentionMask.CAUSAL);
    }
  }

  @Test
  void aProgramKeepsTheOrder(@TempDir Path folder) throws IOException {
    TraceCheck.require(new Ordered(), folder, 7, WIDTH);
  }

  /** An example of a padded batch has the bits that it has alone. */
  @Test
  void paddingDoesNotShow() {
    layer.init(3);
    Tensor x = normal(1, 2, 9, WIDTH);
    Tensor y = layer.forward(Var.of(x), AttentionMask.lengths(lengths(9, 5))).value();
    Tensor second = x.slice(1, 2).reshape(Shape.of(9, WIDTH)).slice(0, 5);
    Tensor alone = layer.forward(Var.of(second.reshape(Shape.of(1, 5, WIDTH)))).value();
    Tensor padded = y.slice(1, 2).reshape(Shape.of(9, WIDTH)).slice(0, 5);
    assertSameBits(alone, padded.reshape(Shape.of(1, 5, WIDTH)), "an example of 5 steps");
  }

  /** Step by step with a cache: the bits of the whole sequence, and memory that does not grow. */
  @Test
  void decodingIsTheWholeSequence() {
    layer.init(3);
    int batch = 2;
    int steps = 10;
    Tensor x = normal(1, batch, steps, WIDTH);
    Tensor whole = layer.forward(Var.of(x), AttentionMask.CAUSAL).value();
    KeyValueCache cache = layer.cache(batch, 16);
    long held = 0;
    for (int turn = 0; turn < 2; turn++) {
      cache.clear();
      for (int from = 0, to; from < steps; from = to) {
        to = from + (from == 0 ? 3 : 1); // a prompt, then one at a time
        Var next = Var.of(steps(x, from, to));
        Tensor y = Module.infer(context, () -> layer.forward(next, cache));
        assertSameBits(steps(whole, from, to), y, "steps from " + from);
        assertEquals(to, cache.length());
        context.workspace().reset();
      }
      assertTrue(turn == 0 || context.workspace().bytes() == held);
      held = context.workspace().bytes();
    }
  }

  /** Steps of all examples. */
  static Tensor steps(Tensor t, int from, int to) {
    int batch = t.shape().axis(0);
    int width = t.shape().axis(2);
    Tensor part = Tensor.zeros(t.dtype(), Shape.of(batch, to - from, width));
    for (int b = 0; b < batch; b++) {
      Tensor example = t.slice(b, b + 1).reshape(Shape.of(t.shape().axis(1), width));
      part.slice(b, b + 1).copyFrom(example.slice(from, to));
    }
    return part;
  }

  @Test
  void aRememberedMemoryIsTheMemory() {
    layer.init(3);
    Var x = Var.of(normal(1, 2, 4, WIDTH));
    Var memory = Var.of(normal(2, 2, 5, WIDTH));
    AttentionMask mask = AttentionMask.lengths(lengths(3, 5));
    KeyValueCache cache = layer.cache(2, 5);
    layer.remember(memory, cache);
    assertSameBits(
        layer.forward(x, memory, mask).value(), layer.forward(x, cache, mask).value(), "result");
  }

  @Test
  void tapsShowWhatIsInside() {
    layer.init(3);
    Var x = Var.of(normal(1, 2, 4, WIDTH));
    Taps taps = Taps.of("queries", "keys", "values", "heads");
    taps.during(() -> layer.forward(x, AttentionMask.CAUSAL));
    Attention op = new Attention(HEADS, true, Attention.Keys.ALL);
    Var again = taps.get("queries").apply(op, taps.get("keys"), taps.get("values"));
    assertSameBits(again.value(), taps.get("heads").value(), "heads");
    Tensor probabilities = taps.get("heads").saved();
    assertEquals(Shape.of(2, HEADS, 4, 4), probabilities.shape());
    assertEquals(1, probabilities.get(0)); // the first query sees one key
    assertEquals(0, probabilities.get(1));
  }

  /** Attention is the softmax of the scores that a key may be seen by, 3 roundings or so. */
  @Test
  void scoresAreWhatTheSoftmaxIsOf() {
    layer.init(3);
    Var x = Var.of(normal(1, 2, 4, WIDTH));
    Taps taps = Taps.of("scores", "heads");
    taps.during(() -> layer.forward(x));
    Tensor expected = taps.get("heads").saved();
    Tensor said = taps.get("scores").apply(new Softmax()).value();
    assertEquals(expected.shape(), said.shape());
    for (int i = 0; i < said.size(); i++) {
      assertEquals(expected.get(i), said.get(i), 1e-6);
    }
    assertThrows(ShapeException.class, () -> HeadScores.of(x, x, WIDTH - 1));
  }

  private static void assertSays(String message, Class<? extends Throwable> kind, Runnable use) {
    assertEquals(message, assertThrows(kind, use::run).getMessage());
  }

  @Test
  void cachesThatDoNotFit() {
    layer.init(3);
    KeyValueCache cache = layer.cache(2, 3);
    assertEquals(3, cache.capacity());
    layer.remember(Var.of(normal(1, 2, 2, WIDTH)), cache);
    assertSays(
        "keyValueCache: 2 more steps after 2 are too many for a capacity of 3",
        ShapeException.class,
        () -> layer.remember(Var.of(normal(1, 2, 2, WIDTH)), cache));
    assertSays(
        "keyValueCache: keys F32[1, 1, 12] for a cache of F32[2, 3, 12] [batch, capacity, width]",
        ShapeException.class,
        () -> layer.remember(Var.of(normal(1, 1, 1, WIDTH)), cache));
    assertSays(
        "multiHeadAttention: the memory's cache holds 2 steps of 3; remember all of it first",
        IllegalStateException.class,
        () -> layer.forward(Var.of(normal(1, 2, 1, WIDTH)), cache, AttentionMask.NONE));
    assertSays(
        "keyValueCache: I32 for 3 steps; a floating type, 1 step at least",
        IllegalArgumentException.class,
        () -> new KeyValueCache(DType.I32, 1, 3, 4, 4));
  }

  @Test
  void noGradientGoesThroughACache() {
    layer.init(3);
    KeyValueCache cache = layer.cache(1, 3);
    Var x = Var.of(normal(1, 1, 1, WIDTH));
    try (Tape tape = Tape.open(context)) {
      String said =
          assertThrows(IllegalStateException.class, () -> layer.forward(x, cache)).getMessage();
      assertTrue(said.startsWith("keyValueCache: no gradient goes through a cache"), said);
      layer.freeze(true);
      assertEquals(Shape.of(1, 1, WIDTH), layer.forward(x, cache).shape());
      assertThrows(IllegalStateException.class, () -> tape.backward(layer.forward(x).sum()));
    }
    assertEquals(1, cache.length());
  }

  /** Keys and values are constants here, but the queries' gradient would be read from the cache. */
  @Test
  @SuppressWarnings("try") // the tape records; nothing else asks for it
  void noGradientOfAQueryGoesThroughACache() {
    layer.init(3);
    layer.freeze(true);
    KeyValueCache past = layer.cache(1, 3);
    KeyValueCache memory = layer.cache(1, 2);
    layer.remember(Var.of(normal(2, 1, 2, WIDTH)), memory);
    layer.freeze(path -> path.startsWith("query."), false);
    Var x = Var.of(normal(1, 1, 1, WIDTH));
    try (Tape tape = Tape.open(context)) {
      for (Runnable use :
          List.<Runnable>of(
              () -> layer.forward(x, past), () -> layer.forward(x, memory, AttentionMask.NONE))) {
        String said = assertThrows(IllegalStateException.class, use::run).getMessage();
        assertTrue(said.startsWith("keyValueCache: no gradient goes through a cache"), said);
      }
    }
    assertEquals(0, past.length());
    Module.infer(context, () -> layer.forward(x, past));
    assertEquals(1, past.length());
  }

  @Test
  void aRememberedMemoryHasNoCausalOrder() {
    layer.init(3);
    KeyValueCache memory = layer.cache(1, 2);
    layer.remember(Var.of(normal(2, 1, 2, WIDTH)), memory);
    Var x = Var.of(normal(1, 1, 1, WIDTH));
    assertSays(
        "multiHeadAttention: a memory that is remembered has no causal order with queries that"
            + " come step by step; take a mask that is not causal",
        IllegalArgumentException.class,
        () -> layer.forward(x, memory, AttentionMask.CAUSAL));
  }

  @Test
  void settingsOutOfRange() {
    assertSays(
        "multiHeadAttention: a width of 10 does not split into 3 heads",
        IllegalArgumentException.class,
        () -> new MultiHeadAttention(10, 3));
    assertSays(
        "multiHeadAttention: a width of 4 does not split into 0 heads",
        IllegalArgumentException.class,
        () -> new MultiHeadAttention(4, 0));
    assertThrows(IllegalArgumentException.class, () -> new MultiHeadAttention(4, 4, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> new MultiHeadAttention(4, 0, 2, 0));
    assertSays(
        "attentionMask: keys MASK without an operand",
        IllegalArgumentException.class,
        () -> new AttentionMask(false, Attention.Keys.MASK, null));
    assertSays(
        "attentionMask: keys ALL with an operand",
        IllegalArgumentException.class,
        () -> new AttentionMask(false, Attention.Keys.ALL, lengths(1)));
  }
}
