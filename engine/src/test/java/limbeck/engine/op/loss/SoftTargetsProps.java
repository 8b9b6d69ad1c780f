package limbeck.engine.op.loss;

import static limbeck.engine.op.loss.Golden.labels;
import static limbeck.engine.op.loss.Golden.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What holds of soft targets for all logits. */
class SoftTargetsProps {
  /** Teacher, student and temperature. */
  record Case(double[] v, double[] z, double t) {
    double loss(DType type) {
      return Golden.run(new SoftTargets(t), rows(type, z), rows(type, v)).value();
    }

    Tensor gradient(DType type) {
      return Golden.run(new SoftTargets(t), rows(type, z), rows(type, v)).gradIn()[0];
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Double> temperatures = Arbitraries.of(0.5, 1.0, 2.0, 4.0, 20.0, 100.0);
    Arbitrary<Double> any = Arbitraries.floats().between(-9, 9).map(Float::doubleValue);
    Arbitrary<Double> round = Arbitraries.of(-9.0, 0.0, 1.0, 9.0);
    Arbitrary<Double> logits = Arbitraries.frequencyOf(Tuple.of(4, any), Tuple.of(1, round));
    return Arbitraries.integers()
        .between(2, 20)
        .flatMap(
            n -> {
              Arbitrary<double[]> rows =
                  logits.array(Double[].class).ofSize(n).map(SoftTargetsProps::unboxed);
              return rows.flatMap(v -> rows.flatMap(z -> temperatures.map(t -> new Case(v, z, t))));
            });
  }

  private static double[] unboxed(Double[] boxed) {
    double[] values = new double[boxed.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed[i];
    }
    return values;
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void isNeverNegativeAndPositiveUnlessEqualUpToAConstant(@ForAll("cases") Case c) {
    for (DType type : new DType[] {DType.F32, DType.F64}) {
      double loss = c.loss(type);
      assertTrue(loss >= 0, type + ": " + loss);
      double spread = spread(c);
      assertTrue(loss > 0 || spread / c.t < 1e-2, type + ": 0 at a spread of " + spread);
    }
  }

  /** Largest minus smallest z − v. */
  private static double spread(Case c) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < c.z.length; i++) {
      low = Math.min(low, c.z[i] - c.v[i]);
      high = Math.max(high, c.z[i] - c.v[i]);
    }
    return high - low;
  }

  /**
   * Logits move by at most 1 ulp of 2⁵ each when shifted, 2⁻¹⁹ in float and 2⁻⁴⁸ in double, and the
   * logarithms by that over T plus a few roundings; the divergence is at most twice the largest
   * difference squared, T² times.
   */
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void equalUpToAConstantGivesZero(
      @ForAll("cases") Case c, @ForAll @IntRange(min = -9, max = 9) int shift) {
    double[] shifted = c.v.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += shift;
    }
    Case same = new Case(c.v, shifted, c.t);
    double inFloat = 0x1p-19 + c.t * 0x1p-18 * 8;
    assertEquals(0, same.loss(DType.F32), 2 * inFloat * inFloat);
    double inDouble = 0x1p-48 + c.t * 0x1p-47 * 8;
    assertEquals(0, same.loss(DType.F64), 2 * inDouble * inDouble);
    assertEquals(0, new Case(c.v, c.v, c.t).loss(DType.F32));
  }

  /** Rounding of shifted logits, as above, times the gradient of T²·KL, at most T. */
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void constantsOnTheLogitsDoNotMatter(
      @ForAll("cases") Case c, @ForAll @IntRange(min = -9, max = 9) int shift) {
    double[] v = c.v.clone();
    double[] z = c.z.clone();
    for (int i = 0; i < v.length; i++) {
      v[i] += shift;
      z[i] -= shift;
    }
    Case shifted = new Case(v, z, c.t);
    double error = (1 + c.t) * 1e-13 * Math.max(1, c.loss(DType.F64));
    assertEquals(c.loss(DType.F64), shifted.loss(DType.F64), error);
    Tensor expected = c.gradient(DType.F64);
    Tensor actual = shifted.gradient(DType.F64);
    for (int i = 0; i < v.length; i++) {
      assertEquals(expected.get(i), actual.get(i), (1 + c.t) * 1e-13);
    }
  }

  /** Reversing the classes reverses the gradient: sums round differently, by 1e−15 a term. */
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void classesMayBePermuted(@ForAll("cases") Case c) {
    Case reversed = new Case(reversed(c.v), reversed(c.z), c.t);
    Tensor expected = c.gradient(DType.F64);
    Tensor actual = reversed.gradient(DType.F64);
    int n = c.v.length;
    for (int i = 0; i < n; i++) {
      assertEquals(expected.get(i), actual.get(n - 1 - i), c.t * 1e-13);
    }
  }

  private static double[] reversed(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[x.length - 1 - i];
    }
    return y;
  }

  /** Both distributions sum to 1 up to n roundings, times T. */
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void gradientsSumToZero(@ForAll("cases") Case c) {
    for (DType type : new DType[] {DType.F32, DType.F64}) {
      double unit = type == DType.F32 ? 0x1p-24 : 0x1p-53;
      Tensor z = rows(type, c.z);
      Tensor v = rows(type, c.v);
      Golden.Outcome o = Golden.run(new SoftTargets(c.t), z, v);
      for (Tensor gradient : o.gradIn()) {
        double sum = 0;
        double size = c.t;
        for (int i = 0; i < gradient.size(); i++) {
          sum += gradient.get(i);
          size += Math.abs(gradient.get(i));
        }
        // logits up to 9/T, so that each probability is off by 12·9/T and about 30 roundings
        assertEquals(0, sum, 2 * (110 / c.t + 50) * unit * size, type.toString());
      }
    }
  }

  /** A teacher that is sure: 200 above the rest leaves e⁻²⁰⁰ of doubt. */
  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void aOneHotTeacherAtTemperature1IsALabel(
      @ForAll("cases") Case c, @ForAll @IntRange(max = 19) int any) {
    int label = any % c.z.length;
    double[] sure = new double[c.z.length];
    sure[label] = 200;
    for (DType type : new DType[] {DType.F32, DType.F64}) {
      Tensor z = rows(type, c.z);
      Golden.Outcome soft = Golden.run(new SoftTargets(1), z, rows(type, sure));
      Golden.Outcome hard = Golden.run(new CrossEntropy(), z, labels(label));
      double error = type == DType.F32 ? 2e-5 : 1e-12; // some 200 roundings of logits up to 9
      assertEquals(hard.value(), soft.value(), error * Math.max(1, hard.value()));
      for (int i = 0; i < c.z.length; i++) {
        assertEquals(hard.gradIn()[0].get(i), soft.gradIn()[0].get(i), error);
      }
    }
  }

  /** Each example twice: sums and factors change by powers of two alone, so not a bit differs. */
  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void aDoubledBatchHasTheSameLoss(@ForAll("cases") Case c) {
    for (DType type : new DType[] {DType.F32, DType.F64}) {
      Tensor z = rows(type, c.z, c.z);
      Tensor v = rows(type, c.v, c.v);
      assertEquals(c.loss(type), Golden.run(new SoftTargets(c.t), z, v).value());
    }
  }

  /** The factors differ by C; each is rounded, and so is the product: four roundings. */
  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void elementMeanTimesClassesIsBatchMean(@ForAll("cases") Case c) {
    Tensor z = rows(DType.F32, c.z);
    Tensor v = rows(DType.F32, c.v);
    SoftTargets elements = new SoftTargets(c.t, true, false, Reduction.ELEMENT_MEAN);
    double batchMean = c.loss(DType.F32);
    double elementMean = Golden.run(elements, z, v).value();
    assertEquals(batchMean, elementMean * c.z.length, 4 * 0x1p-24 * batchMean + 1e-40);
  }
}
