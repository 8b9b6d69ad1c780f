package limbeck.autograd.module;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Tracer;
import limbeck.autograd.Var;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Input;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layers around the op, in one and in two directions. */
class LstmTest {
  private static final int STEPS = 5;
  private static final int IN = 3;
  private static final int HIDDEN = 4;

  private final OpContext context = new OpContext(Workers.inline());

  @Test
  void parametersAreThoseOfCheckpoints() {
    BiLstm model = new BiLstm(IN, HIDDEN, 2, 0.1);
    model.init(1);
    assertEquals(
        List.of(
            "weight_ih_l0",
            "weight_hh_l0",
            "bias_ih_l0",
            "bias_hh_l0",
            "weight_ih_l0_reverse",
            "weight_hh_l0_reverse",
            "bias_ih_l0_reverse",
            "bias_hh_l0_reverse",
            "weight_ih_l1",
            "weight_hh_l1",
            "bias_ih_l1",
            "bias_hh_l1",
            "weight_ih_l1_reverse",
            "weight_hh_l1_reverse",
            "bias_ih_l1_reverse",
            "bias_hh_l1_reverse"),
        List.copyOf(model.state().keySet()));
    assertEquals(Shape.of(16, 3), model.state().get("weight_ih_l0_reverse").shape());
    assertEquals(Shape.of(16, 8), model.state().get("weight_ih_l1").shape());
    assertEquals(Shape.of(16, 4), model.state().get("weight_hh_l1").shape());
    for (Tensor t : model.state().values()) {
      double largest = Arrays.stream(doubles(t)).map(Math::abs).max().orElseThrow();
      assertTrue(largest <= 0.5 && largest > 0.3, "uniform in 1/sqrt(4): " + largest);
    }
  }

  private static double[] doubles(Tensor t) {
    double[] values = new double[t.size()];
    Arrays.setAll(values, t::get);
    return values;
  }

  @Test
  void gradients() {
    Var x = Var.of(normal(DType.F64, 3, 4, STEPS, IN));
    Var lengths = Var.of(Tensor.of(Shape.of(4), 3, 5, 0, 1));
    Lstm one = new Lstm(IN, HIDDEN, 2, 0.3);
    one.allocate(DType.F64).init(3);
    one.train(1, 1); // with dropout
    Var weights = Var.of(normal(DType.F64, 4, 4, STEPS, HIDDEN));
    ModelCheck.require(one, () -> one.forward(x, lengths).times(weights).sum(), 1e-7);
    BiLstm both = new BiLstm(IN, HIDDEN, 2, 0.3);
    both.allocate(DType.F64).init(3);
    both.train(1, 1);
    Var ends = Var.of(normal(DType.F64, 4, 4, 2 * HIDDEN));
    ModelCheck.require(both, () -> both.ends(x, lengths).times(ends).sum(), 1e-7);
  }

  @Test
  void endsAreOfTheStates() {
    BiLstm model = new BiLstm(IN, HIDDEN, 2, 0);
    model.init(3);
    int[] lengths = {3, 5, 1};
    Var x = Var.of(normal(1, 3, STEPS, IN));
    Var l = Var.of(Tensor.of(Shape.of(3), lengths));
    Tensor states = model.forward(x, l).value();
    Tensor ends = model.ends(x, l).value();
    Tensor all = model.forward(x).value();
    Tensor endsOfAll = model.ends(x, null).value();
    for (int b = 0; b < 3; b++) {
      for (int j = 0; j < 2 * HIDDEN; j++) {
        int last = j < HIDDEN ? lengths[b] - 1 : 0;
        int end = j < HIDDEN ? STEPS - 1 : 0;
        int i = b * 2 * HIDDEN + j;
        assertEquals(states.get((b * STEPS + last) * 2 * HIDDEN + j), ends.get(i));
        assertEquals(all.get((b * STEPS + end) * 2 * HIDDEN + j), endsOfAll.get(i));
      }
    }
  }

  @Test
  void lastIsOfTheStates() {
    Lstm model = new Lstm(IN, HIDDEN);
    model.init(3);
    Var x = Var.of(normal(1, 2, STEPS, IN));
    Var lengths = Var.of(Tensor.of(Shape.of(2), 4, 0));
    Tensor all = model.forward(x).value();
    Tensor last = model.last(x, null).value();
    Tensor valid = model.last(x, lengths).value();
    for (int j = 0; j < HIDDEN; j++) {
      assertEquals(all.get((STEPS - 1) * HIDDEN + j), last.get(j));
      assertEquals(all.get(3 * HIDDEN + j), valid.get(j));
      assertEquals(0, valid.get(HIDDEN + j), "an empty sequence");
    }
  }

  /** A text read in pieces, each on a tape of its own. */
  @Test
  void statesAreCarriedOnAcrossTapes() {
    Lstm model = new Lstm(IN, HIDDEN, 2, 0);
    model.init(3);
    Tensor x = normal(1, 2, 2 * STEPS, IN);
    Var zeros = Var.of(Tensor.zeros(DType.F32, Shape.of(2, HIDDEN)));
    Lstm.State start = new Lstm.State(List.of(zeros, zeros), List.of(zeros, zeros));
    Lstm.State state = start;
    Tensor[] halves = new Tensor[2];
    for (int half = 0; half < 2; half++) {
      try (Tape tape = Tape.open(context)) {
        Lstm.Result result = model.forward(Var.of(half(x, half)), null, state);
        halves[half] = result.states().value().own();
        state = result.last().detached();
        tape.backward(result.states().sum());
      }
    }
    Tensor whole = model.forward(Var.of(x), null, start).states().value();
    for (int half = 0; half < 2; half++) {
      assertSameBits(half(whole, half), halves[half], "half " + half);
    }
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    model.forward(Var.of(x), null, new Lstm.State(List.of(zeros), List.of(zeros))))
            .getMessage();
    assertEquals("lstm: a state of 1 layers for 2", said);
  }

  private static Tensor half(Tensor x, int half) {
    int n = x.shape().last();
    Tensor y = Tensor.zeros(DType.F32, Shape.of(2, STEPS, n));
    for (int i = 0; i < y.size(); i++) {
      int b = i / (STEPS * n);
      y.set(i, x.get(b * 2 * STEPS * n + half * STEPS * n + i % (STEPS * n)));
    }
    return y;
  }

  /** A batch in pieces in which a text has ended: its state stays, and so does its gradient. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anExampleOfNoStepsKeepsItsState(int layers) {
    Lstm model = new Lstm(IN, HIDDEN, layers, 0);
    model.init(3);
    Var x = Var.of(normal(1, 2, STEPS, IN));
    for (int[] lengths : new int[][] {{STEPS, 0}, {0, 0}}) {
      Var l = Var.of(Tensor.of(Shape.of(2), lengths));
      assertStateStays(model, x, l, lengths);
    }
    Var none = Var.of(Tensor.zeros(DType.F32, Shape.of(2, 0, IN)));
    assertStateStays(model, none, null, new int[2]);
    assertStateStays(model, none, Var.of(Tensor.of(Shape.of(2), 0, 0)), new int[2]);
  }

  private void assertStateStays(Lstm model, Var x, Var lengths, int[] steps) {
    List<Var> hidden = initial(model.layers(), 2);
    List<Var> cells = initial(model.layers(), 20);
    try (Tape tape = Tape.open(context)) {
      Lstm.State last = model.forward(x, lengths, new Lstm.State(hidden, cells)).last();
      List<Var> before = concat(hidden, cells);
      List<Var> after = concat(last.hidden(), last.cells());
      Var loss = null;
      for (int k = 0; k < after.size(); k++) {
        Var weighted = after.get(k).times(weights(k)).sum();
        loss = loss == null ? weighted : loss.plus(weighted);
      }
      tape.backward(loss);
      for (int i = 0; i < 2 * HIDDEN; i++) {
        boolean stays = steps[i / HIDDEN] == 0;
        for (int k = 0; k < after.size(); k++) {
          double was = before.get(k).value().get(i);
          assertEquals(stays, was == after.get(k).value().get(i), "state " + k);
          double gradient = before.get(k).gradient().get(i);
          assertEquals(stays, gradient == weights(k).value().get(i), "gradient " + k);
        }
      }
    }
  }

  private static Var weights(int k) {
    return Var.of(normal(40 + k, 2, HIDDEN));
  }

  private static List<Var> initial(int layers, int stream) {
    return IntStream.range(0, layers)
        .mapToObj(layer -> Var.input(normal(stream + layer, 2, HIDDEN)))
        .toList();
  }

  private static List<Var> concat(List<Var> first, List<Var> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  @Test
  void dropoutIsBetweenLayers() {
    Var x = Var.of(normal(1, 2, STEPS, IN));
    for (int layers = 1; layers <= 2; layers++) {
      Lstm model = new Lstm(IN, HIDDEN, layers, 0.5);
      model.init(3);
      Tensor quiet = model.forward(x).value();
      model.train(1, 1);
      Tensor first = model.forward(x).value();
      model.train(1, 2);
      Tensor second = model.forward(x).value();
      assertEquals(layers == 1, Arrays.equals(quiet.floats(), first.floats()));
      assertEquals(layers == 1, Arrays.equals(first.floats(), second.floats()));
      assertFalse(
          Arrays.stream(doubles(second)).anyMatch(v -> v == 0), "the last layer's is whole");
    }
  }

  @Test
  void programsAreTheLayers(@TempDir Path folder) throws IOException {
    TraceCheck.require(new Lstm(IN, HIDDEN, 2, 0.5), folder, STEPS, IN);
    TraceCheck.require(new BiLstm(IN, HIDDEN, 2, 0.5), folder, STEPS, IN);
  }

  /** Vectors of sentences, with lengths as a second input. */
  private static final class Sentences extends Module {
    final BiLstm lstm = child("lstm", new BiLstm(IN, HIDDEN));

    @Override
    public Var forward(Var x) {
      return lstm.ends(x, null);
    }
  }

  @Test
  void programsTakeLengths(@TempDir Path folder) throws IOException {
    Sentences model = new Sentences();
    model.init(2);
    Path file = folder.resolve("model.safetensors");
    Tracer.trace(
            model,
            in -> model.lstm.ends(in.get(0), in.get(1)),
            Input.of("x", DType.F32, Shape.of(STEPS, IN)).free(0),
            Input.of("lengths", DType.I32, Shape.SCALAR))
        .save(file, Map.of());
    Program program = Program.load(file);
    for (int batch : new int[] {1, 3, 17}) {
      Tensor x = normal(batch, batch, STEPS + batch, IN);
      Tensor lengths = Tensor.zeros(DType.I32, Shape.of(batch));
      for (int b = 0; b < batch; b++) {
        lengths.set(b, 1 + b * 7 % (STEPS + batch));
      }
      Tensor y = Tensor.zeros(DType.F32, Shape.of(batch, 2 * HIDDEN));
      program.runner(Workers.inline()).run(new Tensor[] {x, lengths}, y);
      assertSameBits(model.lstm.ends(Var.of(x), Var.of(lengths)).value(), y, "batch of " + batch);
    }
  }

  @Test
  void wrongSizes() {
    assertSays("lstm: 1 layers from 0 to 4, 1 each at least", () -> new Lstm(0, 4));
    assertSays("lstm: 1 layers from 3 to -1, 1 each at least", () -> new Lstm(3, -1));
    assertSays("biLstm: 0 layers from 3 to 4, 1 each at least", () -> new BiLstm(3, 4, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Lstm(3, 4, 1, 1));
  }

  private static void assertSays(String message, Runnable wrong) {
    String said = assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
    assertEquals(message, said);
  }
}
