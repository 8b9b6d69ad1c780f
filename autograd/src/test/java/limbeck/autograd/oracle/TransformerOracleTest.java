package limbeck.autograd.oracle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.AttentionMask;
import limbeck.autograd.module.TransformerDecoder;
import limbeck.autograd.module.TransformerDecoderLayer;
import limbeck.autograd.module.TransformerEncoder;
import limbeck.autograd.module.TransformerEncoderLayer;
import limbeck.autograd.module.TransformerSettings;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.GeluTanh;
import limbeck.engine.op.Relu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transformer layers and stacks against PyTorch. */
class TransformerOracleTest {
  private static final int WIDTH = 4;
  private static final UnaryOperator<String> NAMES =
      path -> AttentionOracleTest.stacked(path, WIDTH);

  private static final TransformerSettings PLAIN = TransformerSettings.of(WIDTH, 2, 3).dropout(0);

  private static TransformerSettings settings(String caseName) {
    return PLAIN
        .activation(caseName.contains("gelu") ? new Gelu() : new Relu())
        .normFirst(caseName.endsWith("first"));
  }

  private static void check(Oracle oracle, Module model, Function<Map<String, Var>, Var> forward) {
    oracle.load(model, NAMES);
    oracle.check(model, NAMES, Map.of("x", oracle.input("x")), forward);
  }

  private static void checkWithMemory(
      Oracle oracle, Module model, Function<Map<String, Var>, Var> forward) {
    Map<String, Var> inputs = new LinkedHashMap<>();
    inputs.put("x", oracle.input("x"));
    inputs.put("memory", oracle.input("memory"));
    oracle.load(model, NAMES);
    oracle.check(model, NAMES, inputs, forward);
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu last", "gelu last", "relu first", "gelu first"})
  void encoderLayers(String kind) {
    Oracle oracle = Oracle.of("transformer", "encoder " + kind);
    TransformerEncoderLayer layer = new TransformerEncoderLayer(settings(kind));
    AttentionMask mask = AttentionMask.lengths(oracle.integers("lengths"));
    check(oracle, layer, in -> layer.forward(in.get("x"), mask));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu last", "gelu last", "relu first", "gelu first"})
  void decoderLayers(String kind) {
    Oracle oracle = Oracle.of("transformer", "decoder " + kind);
    TransformerDecoderLayer layer = new TransformerDecoderLayer(settings(kind));
    AttentionMask mask = AttentionMask.lengths(oracle.integers("lengths")).inCausalOrder();
    AttentionMask memory = AttentionMask.lengths(oracle.integers("memory_lengths"));
    checkWithMemory(
        oracle, layer, in -> layer.forward(in.get("x"), mask, in.get("memory"), memory));
  }

  private static TransformerSettings stacked() {
    return PLAIN.activation(new GeluTanh()).normFirst(true).epsilon(0.1);
  }

  @Test
  void encoders() {
    TransformerEncoder encoder = new TransformerEncoder(stacked(), 2, true);
    check(
        Oracle.of("transformer", "encoder"),
        encoder,
        in -> encoder.forward(in.get("x"), AttentionMask.CAUSAL));
  }

  @Test
  void decoders() {
    TransformerDecoder decoder = new TransformerDecoder(stacked(), 2, true);
    checkWithMemory(
        Oracle.of("transformer", "decoder"),
        decoder,
        in -> decoder.forward(in.get("x"), in.get("memory")));
  }
}
