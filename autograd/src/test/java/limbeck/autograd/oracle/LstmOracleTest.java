package limbeck.autograd.oracle;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.autograd.module.BiLstm;
import limbeck.autograd.module.Lstm;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.layout.Concat;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long short-term memory against PyTorch. */
class LstmOracleTest {
  private static final int IN = 3;
  private static final int HIDDEN = 4;

  private static void check(
      String name, Module model, Function<Map<String, Var>, Var> forward, String... inputs) {
    Oracle oracle = Oracle.of("lstm", name);
    oracle.load(model, UnaryOperator.identity());
    Map<String, Var> given = new TreeMap<>();
    for (String input : inputs) {
      given.put(input, oracle.input(input));
    }
    oracle.check(model, UnaryOperator.identity(), given, forward);
  }

  private static Var lengths(String name) {
    return Oracle.of("lstm", name).integers("lengths");
  }

  /** The op with the parameters of PyTorch's cell. */
  private static final class Cell extends Module {
    final Parameter[] all = {
      parameter("weight_ih", Shape.of(4 * HIDDEN, IN), Init.constant(0)),
      parameter("weight_hh", Shape.of(4 * HIDDEN, HIDDEN), Init.constant(0)),
      parameter("bias_ih", Shape.of(4 * HIDDEN), Init.constant(0)),
      parameter("bias_hh", Shape.of(4 * HIDDEN), Init.constant(0))
    };

    @Override
    public Var forward(Var x) {
      throw new UnsupportedOperationException();
    }

    Var forward(boolean reverse, Map<String, Var> in, Var lengths) {
      var op = new limbeck.engine.op.nn.Lstm(reverse, true, true, true);
      return in.get("x")
          .apply(op, all[0], all[1], all[2], all[3], lengths, in.get("h0"), in.get("c0"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void statesAndCellsOfBothDirections(boolean reverse) {
    String name = reverse ? "op-reverse" : "op-forward";
    Cell cell = new Cell();
    check(name, cell, in -> cell.forward(reverse, in, lengths(name)), "x", "h0", "c0");
  }

  @Test
  void oneLayer() {
    Lstm lstm = new Lstm(IN, HIDDEN);
    check("plain", lstm, in -> lstm.forward(in.get("x")), "x");
  }

  @Test
  void twoLayersWithLengths() {
    Lstm lstm = new Lstm(IN, HIDDEN, 2, 0.5);
    check("layers", lstm, in -> lstm.forward(in.get("x"), lengths("layers")), "x");
  }

  @Test
  void statesCarriedOn() {
    Lstm lstm = new Lstm(IN, HIDDEN, 2, 0);
    check(
        "states",
        lstm,
        in -> {
          Lstm.State from = new Lstm.State(layers(in.get("h")), layers(in.get("c")));
          Lstm.State to = lstm.forward(in.get("x"), lengths("states"), from).last();
          return to.hidden()
              .get(0)
              .apply(new Concat(1, 4), to.cells().get(0), to.hidden().get(1), to.cells().get(1));
        },
        "x",
        "h",
        "c");
  }

  private static List<Var> layers(Var both) {
    Reshape matrix = Reshape.to(-1, HIDDEN);
    return List.of(
        both.apply(new Slice(0, 0, 1)).apply(matrix), both.apply(new Slice(0, 1, 2)).apply(matrix));
  }

  @Test
  void bothDirections() {
    BiLstm lstm = new BiLstm(IN, HIDDEN);
    check("both", lstm, in -> lstm.forward(in.get("x")), "x");
  }

  @Test
  void twoLayersOfBothDirectionsWithLengths() {
    BiLstm lstm = new BiLstm(IN, HIDDEN, 2, 0.5);
    check("both-layers", lstm, in -> lstm.forward(in.get("x"), lengths("both-layers")), "x");
  }

  @Test
  void vectorsOfSequences() {
    BiLstm lstm = new BiLstm(IN, HIDDEN);
    check("ends", lstm, in -> lstm.ends(in.get("x"), null), "x");
    check("ends-lengths", lstm, in -> lstm.ends(in.get("x"), lengths("ends-lengths")), "x");
  }
}
