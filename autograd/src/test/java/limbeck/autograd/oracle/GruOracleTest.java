package limbeck.autograd.oracle;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.BiGru;
import limbeck.autograd.module.Gru;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.Slice;
import org.junit.jupiter.api.Test;

/** Gated recurrent units against PyTorch. */
class GruOracleTest {
  private static final int IN = 3;
  private static final int HIDDEN = 4;

  private static void check(
      String name, Module model, Function<Map<String, Var>, Var> forward, String... inputs) {
    Oracle oracle = Oracle.of("gru", name);
    oracle.load(model, UnaryOperator.identity());
    Map<String, Var> given = new TreeMap<>();
    for (String input : inputs) {
      given.put(input, oracle.input(input));
    }
    oracle.check(model, UnaryOperator.identity(), given, forward);
  }

  private static Var lengths(String name) {
    return Oracle.of("gru", name).integers("lengths");
  }

  @Test
  void oneLayer() {
    Gru gru = new Gru(IN, HIDDEN);
    check("plain", gru, in -> gru.forward(in.get("x")), "x");
  }

  @Test
  void twoLayersWithLengths() {
    Gru gru = new Gru(IN, HIDDEN, 2, 0.5);
    check("layers", gru, in -> gru.forward(in.get("x"), lengths("layers")), "x");
  }

  @Test
  void statesCarriedOn() {
    Gru gru = new Gru(IN, HIDDEN, 2, 0);
    check(
        "states",
        gru,
        in -> {
          Reshape matrix = Reshape.to(-1, HIDDEN);
          List<Var> from =
              List.of(
                  in.get("h").apply(new Slice(0, 0, 1)).apply(matrix),
                  in.get("h").apply(new Slice(0, 1, 2)).apply(matrix));
          List<Var> to = gru.forward(in.get("x"), lengths("states"), from).last();
          return to.get(0).apply(new Concat(1, 2), to.get(1));
        },
        "x",
        "h");
  }

  @Test
  void twoLayersOfBothDirectionsWithLengths() {
    BiGru gru = new BiGru(IN, HIDDEN, 2, 0.5);
    check("both-layers", gru, in -> gru.forward(in.get("x"), lengths("both-layers")), "x");
  }

  @Test
  void vectorsOfSequences() {
    BiGru gru = new BiGru(IN, HIDDEN);
    check("ends", gru, in -> gru.ends(in.get("x"), null), "x");
    check("ends-lengths", gru, in -> gru.ends(in.get("x"), lengths("ends-lengths")), "x");
  }
}
