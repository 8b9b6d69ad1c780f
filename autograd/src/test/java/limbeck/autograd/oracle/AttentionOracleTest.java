package limbeck.autograd.oracle;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.autograd.module.AttentionMask;
import limbeck.autograd.module.MultiHeadAttention;
import org.junit.jupiter.api.Test;

/** Multi-head attention against PyTorch. */
class AttentionOracleTest {
  private static final int WIDTH = 6;
  private static final int HEADS = 2;

  /** The names of PyTorch's multi-head attention for ours, anywhere in a path. */
  static String stacked(String path, int width) {
    return path.replaceFirst("query\\.(\\w+)$", "in_proj_$1[0:" + width + "]")
        .replaceFirst("key\\.(\\w+)$", "in_proj_$1[" + width + ":" + 2 * width + "]")
        .replaceFirst("value\\.(\\w+)$", "in_proj_$1[" + 2 * width + ":" + 3 * width + "]")
        .replaceFirst("output\\.(\\w+)$", "out_proj.$1");
  }

  /** Likewise where weights are not stacked, because their widths differ; biases always are. */
  private static String apart(String path) {
    return path.endsWith("bias")
        ? stacked(path, WIDTH)
        : path.replaceFirst("^(q|k|v)\\w+\\.weight$", "$1_proj_weight")
            .replaceFirst("^output\\.", "out_proj.");
  }

  private static void checkSelf(Oracle oracle, AttentionMask mask) {
    MultiHeadAttention layer = new MultiHeadAttention(WIDTH, HEADS);
    oracle.load(layer, path -> stacked(path, WIDTH));
    oracle.check(
        layer,
        path -> stacked(path, WIDTH),
        Map.of("x", oracle.input("x")),
        in -> layer.forward(in.get("x"), mask));
  }

  @Test
  void toItself() {
    checkSelf(Oracle.of("attention", "self"), AttentionMask.NONE);
    checkSelf(Oracle.of("attention", "causal"), AttentionMask.CAUSAL);
  }

  @Test
  void padded() {
    Oracle oracle = Oracle.of("attention", "lengths");
    checkSelf(oracle, AttentionMask.lengths(oracle.integers("lengths")));
    Oracle causal = Oracle.of("attention", "causal lengths");
    checkSelf(causal, AttentionMask.lengths(causal.integers("lengths")).inCausalOrder());
  }

  private static Map<String, Var> inputs(Oracle oracle) {
    Map<String, Var> inputs = new LinkedHashMap<>();
    inputs.put("x", oracle.input("x"));
    inputs.put("memory", oracle.input("memory"));
    return inputs;
  }

  @Test
  void toAMemory() {
    Oracle oracle = Oracle.of("attention", "memory");
    MultiHeadAttention layer = new MultiHeadAttention(WIDTH, HEADS);
    oracle.load(layer, path -> stacked(path, WIDTH));
    oracle.check(
        layer,
        path -> stacked(path, WIDTH),
        inputs(oracle),
        in -> layer.forward(in.get("x"), in.get("memory"), AttentionMask.NONE));
  }

  @Test
  void toAMaskedMemoryOfAnotherWidth() {
    Oracle oracle = Oracle.of("attention", "masked memory");
    MultiHeadAttention layer = new MultiHeadAttention(WIDTH, 3, HEADS, 0);
    AttentionMask mask = AttentionMask.keys(oracle.integers("mask"));
    oracle.load(layer, AttentionOracleTest::apart);
    oracle.check(
        layer,
        AttentionOracleTest::apart,
        inputs(oracle),
        in -> layer.forward(in.get("x"), in.get("memory"), mask));
  }
}
