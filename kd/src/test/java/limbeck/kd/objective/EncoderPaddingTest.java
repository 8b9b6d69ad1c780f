package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import limbeck.autograd.Module;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * What stands behind a text's end, and how much of it, changes no bit of a loss on layers, of its
 * gradients, or of those of what is learned; and an example counts the same in any company.
 */
class EncoderPaddingTest {
  private static final int HEADS = 2;
  private static final int LAYERS = 2;
  private static final int WIDTH = 4;
  private static final int TEACHER_WIDTH = 6;
  private static final List<Objective> METHODS =
      List.of(new TinyBertLayers(), new MiniLm(), new MiniLm(2, 1));

  /** Activations of texts without padding, by tap and example: [width] or [heads, steps] a step. */
  private record Texts(int[] lengths, int width, long seed) {
    private static List<String> taps() {
      List<String> taps = new ArrayList<>(List.of("embeddings"));
      for (int i = 0; i < LAYERS; i++) {
        taps.add("layer" + (i + 1));
        for (String what : List.of("queries", "keys", "values", "scores")) {
          taps.add("encoder.layers." + i + ".self_attn." + what);
        }
      }
      return taps;
    }

    private static boolean scores(String tap) {
      return tap.endsWith("scores");
    }

    private Shape shape(String tap, int batch, int steps) {
      return scores(tap) ? Shape.of(batch, HEADS, steps, steps) : Shape.of(batch, steps, width);
    }

    /** Some of the texts, padded to so many steps with whatever. */
    Tensor tensor(String tap, int[] which, int steps, SplittableRandom padding) {
      Tensor t = Tensor.zeros(DType.F32, shape(tap, which.length, steps));
      int each = scores(tap) ? HEADS * steps * steps : steps * width;
      for (int i = 0; i < which.length; i++) {
        for (int k = 0; k < each; k++) {
          boolean real = real(tap, k, steps, lengths[which[i]]);
          t.set(i * each + k, real ? value(tap, which[i], k, steps) : padding.nextDouble(-9, 9));
        }
      }
      return t;
    }

    boolean real(String tap, int k, int steps, int length) {
      return scores(tap) ? k % steps < length && k / steps % steps < length : k / width < length;
    }

    private double value(String tap, int example, int k, int steps) {
      int place = scores(tap) ? (k / steps / steps * 100 + k / steps % steps) * 100 + k % steps : k;
      long own = seed + 31L * tap.hashCode() + 1_000_003L * example + 7_919L * place;
      return (float) new SplittableRandom(own).nextDouble(-1, 1);
    }

    TapShapes shapes(String name) {
      Map<String, Shape> taps = new LinkedHashMap<>();
      for (String tap : taps()) {
        int[] axes = shape(tap, 1, 3).toArray();
        taps.put(tap, Shape.of(Arrays.copyOfRange(axes, 1, axes.length)));
      }
      return new TapShapes(name, taps, 2);
    }

    Outputs outputs(int[] which, int steps, boolean asks, SplittableRandom padding) {
      Map<String, Var> features = new LinkedHashMap<>();
      for (String tap : taps()) {
        Tensor t = tensor(tap, which, steps, padding);
        features.put(tap, asks ? Var.input(t) : Var.of(t));
      }
      int[] some = Arrays.stream(which).map(i -> lengths[i]).toArray();
      return new Outputs(null, features, List.of(), Tensor.view(some, 0, Shape.of(some.length)));
    }
  }

  /** The loss, and gradients of real steps by tap, and of what is learned. */
  private record Found(double loss, Map<String, float[]> gradients) {}

  private static Found find(
      Objective o, Texts student, Texts teacher, int[] which, int steps, SplittableRandom random) {
    Outputs s = student.outputs(which, steps, true, random);
    Outputs t = teacher.outputs(which, steps, false, random);
    o.learned().values().forEach(m -> m.parameters().clearGradients());
    Map<String, float[]> gradients = new LinkedHashMap<>();
    try (Tape tape = Tape.open(new OpContext(Workers.inline()))) {
      Var loss = o.loss(s, t, null);
      tape.backward(loss);
      for (String tap : Texts.taps()) {
        if (o.studentTaps().contains(tap)) {
          gradients.put(tap, ofRealSteps(tap, student, which, steps, s.feature(tap)));
        }
      }
      o.learned()
          .forEach(
              (name, m) ->
                  m.parameters()
                      .parameters()
                      .forEach((path, p) -> gradients.put(name, p.gradient().own().floats())));
      return new Found(loss.item(), gradients);
    }
  }

  private static float[] ofRealSteps(String tap, Texts texts, int[] which, int steps, Var feature) {
    Tensor g = feature.gradient();
    float[] kept = new float[g.size()];
    int n = 0;
    int each = g.size() / which.length;
    for (int i = 0; i < g.size(); i++) {
      if (texts.real(tap, i % each, steps, texts.lengths[which[i / each]])) {
        kept[n++] = (float) g.get(i);
      } else {
        assertTrue(g.get(i) == 0, "padding of " + tap); // or −0
      }
    }
    return Arrays.copyOf(kept, n);
  }

  private static Objective fitted(Objective o, Texts student, Texts teacher) {
    Objective fitted = o.fitted(student.shapes("student"), teacher.shapes("teacher"));
    for (Module m : fitted.learned().values()) {
      m.init(5);
    }
    return fitted;
  }

  @Property(tries = 30)
  void paddingShowsInNoBit(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int batch,
      @ForAll @IntRange(min = 1, max = 20) int more) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] lengths = random.ints(batch, 1, 12).toArray();
    int[] all = IntStream.range(0, batch).toArray();
    int longest = Arrays.stream(lengths).max().getAsInt();
    Texts student = new Texts(lengths, WIDTH, seed);
    Texts teacher = new Texts(lengths, TEACHER_WIDTH, seed + 1);
    for (Objective method : METHODS) {
      Objective o = fitted(method, student, teacher);
      Found tight = find(o, student, teacher, all, longest, random);
      Found wide = find(o, student, teacher, all, longest + more, random);
      assertEquals(tight.loss, wide.loss, method.name());
      tight.gradients.forEach(
          (name, g) -> assertArrayEquals(g, wide.gradients.get(name), method.name() + name));
    }
  }

  /** The batch's loss is the mean of its examples', to the rounding of a few additions. */
  @Property(tries = 30)
  void anExampleCountsTheSameInAnyCompany(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int batch) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] lengths = random.ints(batch, 1, 12).toArray();
    int[] all = IntStream.range(0, batch).toArray();
    int longest = Arrays.stream(lengths).max().getAsInt();
    Texts student = new Texts(lengths, WIDTH, seed);
    Texts teacher = new Texts(lengths, TEACHER_WIDTH, seed + 1);
    for (Objective method : METHODS) {
      Objective o = fitted(method, student, teacher);
      double mean = 0;
      for (int i = 0; i < batch; i++) {
        int[] one = {i};
        mean += find(o, student, teacher, one, lengths[i], random).loss / batch;
      }
      double together = find(o, student, teacher, all, longest, random).loss;
      assertEquals(mean, together, 1e-5 * Math.max(1, mean), method.name());
    }
  }
}
