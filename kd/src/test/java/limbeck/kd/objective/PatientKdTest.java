package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Objective;
import limbeck.kd.TapShapes;
import limbeck.kd.objective.PatientKd.Pairing;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Which layers learn from which, and how far apart two directions are. */
class PatientKdTest {
  private static TapShapes encoder(String name, int layers, int width) {
    Map<String, Shape> taps = new LinkedHashMap<>();
    taps.put("bert.embeddings", Shape.of(10, width));
    for (int i = 1; i <= layers; i++) {
      taps.put("bert.layer" + i, Shape.of(10, width));
      taps.put("bert.cls" + i, Shape.of(width));
    }
    return new TapShapes(name, taps, 2);
  }

  private static double distance(double[] s, double[] t) {
    Var a = Var.of(row(s));
    Var b = Var.of(row(t));
    return Module.infer(new OpContext(Workers.inline()), () -> PatientKd.distance(a, b)).get(0);
  }

  private static Tensor row(double[] values) {
    Tensor t = Tensor.zeros(DType.F64, Shape.of(1, values.length));
    for (int i = 0; i < values.length; i++) {
      t.set(i, values[i]);
    }
    return t;
  }

  /** 2 − 2 · (1 · 2) / (3 · 2). */
  @Test
  void theGoldenVector() {
    assertEquals(4.0 / 3, distance(new double[] {1, 2, 2}, new double[] {2, 0, 0}), 1e-15);
    assertEquals(4, distance(new double[] {1, 2, 2}, new double[] {-2, -4, -4}), 1e-15);
    assertEquals(0, distance(new double[] {1, 2, 2}, new double[] {1, 2, 2}));
  }

  /** |a − b|² = 2 − 2 cos, whatever the lengths; rounding is of terms of size 1. */
  @Property(tries = 200)
  void itIsTwoMinusTwiceTheCosine(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] a = random.doubles(5, -3, 3).toArray();
    double[] b = random.doubles(5, -0.1, 0.1).toArray();
    double cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    assertEquals(2 - 2 * cosine, distance(a, b), 1e-12);
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static List<String> teacherTaps(PatientKd method, int student, int teacher) {
    Objective fitted = method.fitted(encoder("s", student, 4), encoder("t", teacher, 4));
    assertEquals(student - 1, fitted.studentTaps().size());
    return fitted.teacherTaps().stream().map(t -> t.substring("bert.cls".length())).toList();
  }

  /** The paper's students of 6 and of 3 layers from 12. */
  @Test
  void layersArePairedAsInThePaper() {
    PatientKd skip = new PatientKd(Pairing.SKIP);
    PatientKd last = new PatientKd(Pairing.LAST);
    assertEquals(List.of("2", "4", "6", "8", "10"), teacherTaps(skip, 6, 12));
    assertEquals(List.of("7", "8", "9", "10", "11"), teacherTaps(last, 6, 12));
    assertEquals(List.of("4", "8"), teacherTaps(skip, 3, 12));
    assertEquals(List.of("10", "11"), teacherTaps(last, 3, 12));
    assertEquals(List.of("1", "2"), teacherTaps(last, 3, 3));
  }

  @Test
  void pairsCanBeGiven() {
    PatientKd given = new PatientKd(Pairing.SKIP, List.of("1:3", "2:4"));
    Objective fitted = given.fitted(encoder("s", 2, 4), encoder("t", 4, 4));
    assertEquals(List.of("bert.cls1", "bert.cls2"), fitted.studentTaps());
    assertEquals(List.of("bert.cls3", "bert.cls4"), fitted.teacherTaps());
  }

  private static void assertRefused(String message, PatientKd m, TapShapes s, TapShapes t) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> m.fitted(s, t));
    assertEquals(message, e.getMessage());
  }

  @Test
  void whatCannotBePairedIsRefused() {
    PatientKd skip = new PatientKd(Pairing.SKIP);
    assertRefused(
        "patient-kd: hidden states of s are 4 wide, those of t 8; the same width expected",
        skip,
        encoder("s", 2, 4),
        encoder("t", 4, 8));
    assertRefused(
        "patient-kd: s has 3 layers, t only 2; say which learn from which: pairs = [\"1:1\", …]",
        skip,
        encoder("s", 3, 4),
        encoder("t", 2, 4));
    assertRefused(
        "patient-kd: s has no layer before its last, which learns from labels and soft targets; 2"
            + " layers at least, or pairs, expected",
        skip,
        encoder("s", 1, 4),
        encoder("t", 2, 4));
    assertRefused(
        "patient-kd: pair \"1:5\": t has layers 1 to 4",
        new PatientKd(Pairing.SKIP, List.of("1:5")),
        encoder("s", 2, 4),
        encoder("t", 4, 4));
    assertRefused(
        "patient-kd: t is no transformer encoder; a BERT is expected, of teacher and student",
        skip,
        encoder("s", 2, 4),
        new TapShapes("t", Map.of("pooled", Shape.of(4)), 2));
    assertRefused(
        "patient-kd: a teacher is needed, a transformer as the student is",
        skip,
        encoder("s", 2, 4),
        null);
    assertThrows(IllegalArgumentException.class, () -> new PatientKd(Pairing.SKIP, List.of("1-2")));
  }
}
