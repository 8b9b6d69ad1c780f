package limbeck.kd.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class MetricProps {
  /** Two networks on the same labelled examples. */
  record Sample(int classes, float[] teacher, float[] student, int[] labels) {
    int n() {
      return labels.length;
    }

    Sample rows(int... order) {
      float[] t = new float[order.length * classes];
      float[] s = new float[order.length * classes];
      int[] l = new int[order.length];
      for (int i = 0; i < order.length; i++) {
        System.arraycopy(teacher, order[i] * classes, t, i * classes, classes);
        System.arraycopy(student, order[i] * classes, s, i * classes, classes);
        l[i] = labels[order[i]];
      }
      return new Sample(classes, t, s, l);
    }

    Classification classification() {
      return Classification.of(student, labels, classes);
    }

    Calibration calibration() {
      return Calibration.of(student, labels, classes);
    }

    Agreement agreement() {
      return Agreement.of(teacher, student, classes);
    }
  }

  @Provide
  Arbitrary<Sample> samples() {
    return Combinators.combine(
            Arbitraries.integers().between(2, 12), Arbitraries.integers().between(2, 40))
        .flatAs(MetricProps::samplesOf);
  }

  private static Arbitrary<Sample> samplesOf(int classes, int n) {
    Arbitrary<Float> logit = Arbitraries.floats().between(-40, 40).ofScale(1);
    Arbitrary<float[]> rows = logit.array(float[].class).ofSize(n * classes);
    Arbitrary<int[]> labels =
        Arbitraries.integers().between(0, classes - 1).array(int[].class).ofSize(n);
    return Combinators.combine(rows, rows, labels)
        .as((t, s, l) -> new Sample(classes, t, s, l))
        .withoutEdgeCases();
  }

  @Property(tries = 200)
  void orderOfExamplesIsIrrelevant(@ForAll("samples") Sample sample, @ForAll long seed) {
    int[] order = new int[sample.n()];
    Arrays.setAll(order, i -> i);
    long state = seed;
    for (int i = order.length - 1; i > 0; i--) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      int j = (int) Long.remainderUnsigned(state >>> 16, i + 1);
      int held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    assertSameFigures(sample, sample.rows(order));
  }

  private static void assertSameFigures(Sample a, Sample b) {
    assertEquals(a.classification(), b.classification());
    assertSame(a.calibration(), b.calibration());
    assertEquals(a.agreement().agreement(), b.agreement().agreement());
    assertEquals(a.agreement().klToTeacher(), b.agreement().klToTeacher());
    for (double t : new double[] {1, 4}) {
      assertEquals(
          SoftTargetStatistics.entropy(a.teacher, a.classes, t),
          SoftTargetStatistics.entropy(b.teacher, b.classes, t));
    }
  }

  private static void assertSame(Calibration a, Calibration b) {
    assertEquals(a.nll(), b.nll());
    assertEquals(a.brier(), b.brier());
    assertEquals(a.ece(), b.ece());
    assertEquals(a.reliability().bins(), b.reliability().bins());
  }

  @Property(tries = 200)
  void mergedEqualsSummed(@ForAll("samples") Sample sample, @ForAll @IntRange(max = 1000) int at) {
    int cut = 1 + at % (sample.n() - 1);
    int[] first = new int[cut];
    int[] second = new int[sample.n() - cut];
    Arrays.setAll(first, i -> i);
    Arrays.setAll(second, i -> cut + i);
    Sample a = sample.rows(first);
    Sample b = sample.rows(second);
    assertEquals(sample.classification(), a.classification().plus(b.classification()));
    assertSame(sample.calibration(), b.calibration().plus(a.calibration()));
    Agreement both = a.agreement().plus(b.agreement());
    assertEquals(sample.agreement().klToTeacher(), both.klToTeacher());
    assertEquals(sample.agreement().agreement(), both.agreement());
  }

  @Property(tries = 100)
  void identicalNetworksAgreeWholly(@ForAll("samples") Sample sample) {
    Agreement same = Agreement.of(sample.student, sample.student, sample.classes);
    assertEquals(1, same.agreement());
    assertEquals(0, same.klToTeacher());
    int[] predicted = new int[sample.n()];
    Arrays.setAll(predicted, i -> Logits.argMax(sample.student, i, sample.classes));
    assertEquals(0, Classification.of(sample.student, predicted, sample.classes).errors());
    McNemar itself = McNemar.of(sample.student, sample.student, sample.labels, sample.classes);
    assertEquals(new McNemar(0, 0, sample.n()), itself);
  }

  @Property(tries = 100)
  void swappingTheNetworks(@ForAll("samples") Sample sample) {
    Agreement there = sample.agreement();
    Agreement back = Agreement.of(sample.student, sample.teacher, sample.classes);
    assertEquals(there.agreement(), back.agreement());
    McNemar test = McNemar.of(sample.teacher, sample.student, sample.labels, sample.classes);
    McNemar turned = McNemar.of(sample.student, sample.teacher, sample.labels, sample.classes);
    assertEquals(test.exactP(), turned.exactP());
    assertEquals(test.interval().low(), 0.0 - turned.interval().high());
    long errors = sample.classification().errors();
    assertEquals(
        Classification.of(sample.teacher, sample.labels, sample.classes).errors() - errors,
        test.difference());
  }

  @Property(tries = 100)
  void oneBinIsTheGapOfConfidenceAndAccuracy(@ForAll("samples") Sample sample) {
    Calibration c = Calibration.of(sample.student, sample.labels, sample.classes, 1);
    Reliability.Bin bin = c.reliability().bins().get(0);
    assertEquals(sample.classification().accuracy(), bin.accuracy());
    // Both sides are rounded three times, each time of a number of at most 1.
    assertEquals(Math.abs(bin.confidence() - bin.accuracy()), c.ece(), 4e-16);
  }

  @Property(tries = 100)
  void figuresStayInTheirRanges(@ForAll("samples") Sample sample) {
    Calibration c = sample.calibration();
    assertTrue(c.nll() >= 0 && Double.isFinite(c.nll()));
    assertTrue(c.brier() >= 0 && c.brier() <= 2 + 1e-14); // sums of at most 12 rounded squares
    assertTrue(c.ece() >= 0 && c.ece() <= 1);
    assertTrue(sample.agreement().klToTeacher() >= 0);
    double entropy = SoftTargetStatistics.entropy(sample.teacher, sample.classes, 1);
    double hotter = SoftTargetStatistics.entropy(sample.teacher, sample.classes, 2);
    assertTrue(entropy >= 0 && hotter <= StrictMath.log(sample.classes) + 1e-14); // as above
    assertTrue(entropy <= hotter + 1e-14);
  }

  @Property(tries = 100)
  void matthewsIsUnchangedWhenTwoClassesSwap(
      @ForAll @IntRange(max = 50) int tp,
      @ForAll @IntRange(max = 50) int fp,
      @ForAll @IntRange(max = 50) int fn,
      @ForAll @IntRange(min = 1, max = 50) int tn) {
    Score there = Classification.ofCounts(new long[][] {{tn, fp}, {fn, tp}}).matthews();
    Score back = Classification.ofCounts(new long[][] {{tp, fn}, {fp, tn}}).matthews();
    assertEquals(there, back);
  }

  @Property(tries = 100)
  void shiftingDifferencesShiftsTheInterval(
      @ForAll @IntRange(min = -100, max = 100) int a,
      @ForAll @IntRange(min = -100, max = 100) int b,
      @ForAll @IntRange(min = -100, max = 100) int c) {
    PairedInterval there = PairedInterval.ofDifferences(new double[] {a, b, c}, 0.95);
    PairedInterval back = PairedInterval.ofDifferences(new double[] {-c, -a, -b}, 0.95);
    assertEquals(there.low(), 0.0 - back.high());
    assertEquals(there.sd(), back.sd());
  }
}
