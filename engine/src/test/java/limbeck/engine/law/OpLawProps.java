package limbeck.engine.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import limbeck.engine.arbitrary.Arbitraries;
import limbeck.engine.op.Add;
import limbeck.engine.op.Erf;
import limbeck.engine.op.Exp;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.Maximum;
import limbeck.engine.op.Minimum;
import limbeck.engine.op.Mish;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Op;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Sigmoid;
import limbeck.engine.op.Sin;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.Softplus;
import limbeck.engine.op.Sub;
import limbeck.engine.op.Tanh;
import limbeck.engine.op.layout.Permute;
import limbeck.engine.op.nn.LayerNorm;
import limbeck.engine.op.reduce.L2Norm;
import limbeck.engine.op.reduce.LogSumExp;
import limbeck.engine.op.reduce.Max;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Min;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.op.reduce.Variance;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Laws of algebra that ops obey, whatever the numbers. */
class OpLawProps {
  /** Rows of numbers, none of them empty. */
  @Provide
  Arbitrary<Tensor> rows() {
    return Arbitraries.tensors(
        DType.F64, Arbitraries.shapes(1, 3, 65).filter(s -> s.size() > 0), Arbitraries.numbers(9));
  }

  private static void assertNear(Tensor expected, Tensor found, double tolerance, Object what) {
    assertEquals(expected.shape(), found.shape(), () -> what.toString());
    for (int i = 0; i < expected.size(); i++) {
      double bound = tolerance * (1 + Math.abs(expected.get(i)));
      assertEquals(expected.get(i), found.get(i), bound, what + ", element " + i);
    }
  }

  private static Tensor run(Op op, Tensor... in) {
    return Applied.of(op, in).out();
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += a.get(i) * b.get(i);
    }
    return sum;
  }

  /** f(x + c·y) = f(x) + c·f(y). */
  @Property
  void linearOpsAreLinear(
      @ForAll @IntRange(max = LinearCase.KINDS - 1) int kind, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LinearCase f = LinearCase.drawn(kind, random);
    Tensor x = LinearCase.numbers(random, f.x());
    Tensor y = LinearCase.numbers(random, f.x());
    double c = 4 * random.nextDouble() - 2;
    Tensor both = Tensor.zeros(DType.F64, f.x());
    for (int i = 0; i < both.size(); i++) {
      both.set(i, x.get(i) + c * y.get(i));
    }
    Tensor expected = f.on(x).out();
    Tensor fy = f.on(y).out();
    for (int i = 0; i < expected.size(); i++) {
      expected.set(i, expected.get(i) + c * fy.get(i));
    }
    assertNear(expected, f.on(both).out(), 1e-11, f.op());
  }

  /** ⟨f(x), u⟩ = ⟨x, fᵀ(u)⟩: backward is the transposed map. */
  @Property
  void backwardIsTheTransposedMap(
      @ForAll @IntRange(max = LinearCase.KINDS - 1) int kind, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LinearCase f = LinearCase.drawn(kind, random);
    Tensor x = LinearCase.numbers(random, f.x());
    Applied applied = f.on(x);
    Tensor u = LinearCase.numbers(random, applied.out().shape());
    double forward = dot(applied.out(), u);
    double backward = dot(x, applied.gradients(u)[0]);
    assertEquals(forward, backward, 1e-10 * (1 + Math.abs(forward)), f.op().toString());
  }

  @Property
  void softmaxIsADistributionBlindToShifts(@ForAll("rows") Tensor x, @ForAll long seed) {
    Tensor p = run(new Softmax(), x);
    Tensor sums = run(new Sum(List.of(-1), true), p);
    Tensor moved = x.own();
    SplittableRandom random = new SplittableRandom(seed);
    int n = x.shape().last();
    double shift = 0;
    for (int i = 0; i < moved.size(); i++) {
      shift = i % n == 0 ? 100 * random.nextDouble() : shift;
      moved.set(i, x.get(i) + shift);
    }
    for (int i = 0; i < sums.size(); i++) {
      assertEquals(1, sums.get(i), 1e-12);
    }
    assertNear(p, run(new Softmax(), moved), 1e-11, "softmax");
    Tensor logs = run(new Exp(), run(new LogSoftmax(), x));
    assertNear(p, logs, 1e-11, "exp of log-softmax");
  }

  @Property
  void rowsAreNormalisedAlone(@ForAll("rows") Tensor x) {
    int n = x.shape().last();
    Tensor one = Tensor.zeros(DType.F64, Shape.of(n));
    one.fill(1);
    Tensor zero = Tensor.zeros(DType.F64, Shape.of(n));
    Tensor scaled = x.own();
    for (int i = 0; i < x.size(); i++) {
      scaled.set(i, 3 * x.get(i) + 5);
    }
    Tensor y = run(new LayerNorm(1e-30), x, one, zero);
    Tensor other = run(new LayerNorm(1e-30), scaled, one, zero);
    Tensor variance = run(new Variance(List.of(-1), true, 0), x);
    for (int i = 0; i < x.size(); i++) {
      if (variance.get(i / n) > 1e-6) {
        assertEquals(y.get(i), other.get(i), 1e-8 * (1 + Math.abs(y.get(i))), "element " + i);
      }
    }
  }

  @Property
  void reductionsAreInOrder(@ForAll("rows") Tensor x) {
    List<Integer> last = List.of(-1);
    Tensor min = run(new Min(last, false), x);
    Tensor mean = run(new Mean(last, false), x);
    Tensor max = run(new Max(last, false), x);
    Tensor soft = run(new LogSumExp(last, false), x);
    int n = x.shape().last();
    for (int i = 0; i < mean.size(); i++) {
      assertTrue(min.get(i) <= mean.get(i) + 1e-12, "minimum and mean");
      assertTrue(mean.get(i) <= max.get(i) + 1e-12, "mean and maximum");
      double least = max.get(i) - 1e-12;
      assertTrue(least <= soft.get(i), "maximum and log-sum-exp");
      assertTrue(soft.get(i) <= max.get(i) + StrictMath.log(n) + 1e-12, "log-sum-exp and n times");
    }
  }

  /** |x|² = n·(variance + mean²). */
  @Property
  void varianceIsWhatTheMeanLeaves(@ForAll("rows") Tensor x) {
    List<Integer> last = List.of(-1);
    Tensor norm = run(new L2Norm(last, false), x);
    Tensor mean = run(new Mean(last, false), x);
    Tensor variance = run(new Variance(last, false, 0), x);
    int n = x.shape().last();
    for (int i = 0; i < mean.size(); i++) {
      double square = norm.get(i) * norm.get(i);
      double parts = n * (variance.get(i) + mean.get(i) * mean.get(i));
      assertEquals(square, parts, 1e-10 * (1 + square));
    }
  }

  /** Elementwise ops do not know where elements lie: they may be moved before or after. */
  @Property
  void elementsAreOnTheirOwn(@ForAll("rows") Tensor x, @ForAll @IntRange(max = 7) int which) {
    Op op =
        List.of(
                new Relu(),
                new Tanh(),
                new Sigmoid(),
                new Gelu(),
                new Softplus(),
                new Mish(),
                new Erf(),
                new Sin())
            .get(which);
    int[] reversed = new int[x.shape().rank()];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = reversed.length - 1 - i;
    }
    Tensor first = run(op, run(Permute.to(reversed), x.to(DType.F32)));
    Tensor later = run(Permute.to(reversed), run(op, x.to(DType.F32)));
    assertNear(first, later, 0, op);
  }

  /** a ∘ b = b ∘ a, to the bit, for what commutes; a − b = −(b − a). */
  @Property
  void pairsCommute(@ForAll long seed, @ForAll @IntRange(max = 4) int which) {
    SplittableRandom random = new SplittableRandom(seed);
    Shape whole = Shape.of(1 + random.nextInt(4), 1 + random.nextInt(20));
    Shape part = random.nextBoolean() ? Shape.of(1, whole.last()) : Shape.of(whole.axis(0), 1);
    Tensor a = Applied.drawn(random, DType.F32, 9, whole);
    Tensor b = Applied.drawn(random, DType.F32, 9, random.nextBoolean() ? whole : part);
    Op op = List.of(new Add(), new Mul(), new Maximum(), new Minimum(), new Sub()).get(which);
    Tensor other = run(op, b, a);
    assertNear(run(op, a, b), which == 4 ? run(new Scale(-1), other) : other, 0, op);
  }
}
