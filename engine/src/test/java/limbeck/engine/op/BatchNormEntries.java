package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.BatchNorm;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Batch norm, in training and with fixed statistics. */
final class BatchNormEntries {
  private BatchNormEntries() {}

  static List<Entry> all() {
    return List.of(training(1e-5), training(0.5), inference(1e-5), inference(0.5));
  }

  private static List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (int n : new int[] {2, 15, 16, 17, 31, 33, 100}) {
      shapes.add(Shape.of(2, 3, n));
      shapes.add(Shape.of(n, 3));
    }
    shapes.add(Shape.of(3, 2, 4, 5));
    shapes.add(Shape.of(7, 3, 1, 1));
    shapes.add(Shape.of(1, 2, 3)); // a single example
    shapes.add(Shape.of(2, 1, 4100)); // planes of two blocks of a sum
    shapes.add(Shape.of(12, 16, 40, 40)); // several chunks of channels, and of planes
    shapes.add(Shape.of(2000, 50));
    return shapes;
  }

  private static Entry training(double epsilon) {
    NaiveBatchNorm.Cache cache = new NaiveBatchNorm.Cache(epsilon, false);
    List<OpSample> samples = new ArrayList<>();
    for (Shape x : shapes()) {
      samples.add(trainingSample(x.toString(), x));
    }
    OpSample small = trainingSample("small", Shape.of(3, 2, 4)).extreme();
    samples.add(named("equal elements", small).values(0, i -> 3));
    samples.add(named("far from zero", small).values(0, i -> 100 + i % 5));
    samples.add(named("large", small).values(0, i -> (i % 3 - 1) * 1e15));
    samples.add(named("tiny", small).values(0, i -> (i % 3 - 1) * 1e-30));
    samples.add(
        trainingSample("one element a channel", Shape.of(1, 3))
            .refused("batchNorm: x [batch=1, channels=3] has fewer than 2 elements a channel"));
    samples.add(
        trainingSample("no examples", Shape.of(0, 3, 4)).refused("channels=3, 4] has fewer"));
    samples.add(trainingSample("no channels", Shape.of(3, 0)).refused("channels=0] has fewer"));
    samples.addAll(refusals(3));
    return new Entry(
        new BatchNorm(epsilon),
        (v, i) -> cache.of(v).result(i),
        new Precision(
            (v, i) -> cache.of(v).resultBound(i), (v, k, i) -> cache.of(v).gradientBound(k, i)),
        samples);
  }

  private static OpSample named(String name, OpSample s) {
    return new OpSample(name, s.operands(), s.differences(), s.refusal());
  }

  private static OpSample trainingSample(String name, Shape x) {
    return OpSample.of(name, x, Shape.of(x.axis(1)), Shape.of(x.axis(1)));
  }

  private static List<OpSample> refusals(int operands) {
    Shape x = Shape.of(2, 3, 4);
    Shape[] disagree = new Shape[operands];
    Shape[] matrix = new Shape[operands];
    Shape[] flat = new Shape[operands];
    Shape[] deep = new Shape[operands];
    for (int k = 0; k < operands; k++) {
      disagree[k] = k == 0 ? x : k == 1 ? Shape.of(4) : Shape.of(3);
      matrix[k] = k == 0 ? x : k == 2 ? Shape.of(1, 3) : Shape.of(3);
      flat[k] = Shape.of(3);
      deep[k] = k == 0 ? Shape.of(2, 3, 4, 5, 6) : Shape.of(3);
    }
    return List.of(
        OpSample.of("3 channels, 4 factors", disagree)
            .refused("x [batch=2, channels=3, 4]", "gamma [channels=4]", "on channels (3 vs 4)"),
        OpSample.of("a matrix of shifts", matrix).refused("beta [1, 3] has 2 axes, 1 expected"),
        OpSample.of("no batch", flat).refused("x [3] needs at least 2 axes, has 1"),
        OpSample.of("three axes of space", deep).refused("has 5 axes, 4 expected"));
  }

  private static Entry inference(double epsilon) {
    NaiveBatchNorm.Cache cache = new NaiveBatchNorm.Cache(epsilon, true);
    List<OpSample> samples = new ArrayList<>();
    for (Shape x : shapes()) {
      samples.add(inferenceSample(x.toString(), x).batched(0));
    }
    samples.add(inferenceSample("no examples", Shape.of(0, 3, 4)));
    samples.add(inferenceSample("no rows", Shape.of(0, 3)));
    samples.add(inferenceSample("empty planes", Shape.of(2, 3, 0)));
    OpSample small = inferenceSample("small", Shape.of(3, 2, 4)).extreme();
    samples.add(named("large", small).values(0, i -> (i % 3 - 1) * 1e30));
    samples.add(named("no variance", small).values(4, i -> 0));
    samples.addAll(refusals(5));
    return new Entry(
        new BatchNormInference(epsilon),
        (v, i) -> cache.of(v).result(i),
        new Precision(
            (v, i) -> cache.of(v).resultBound(i), (v, k, i) -> cache.of(v).gradientBound(k, i)),
        samples);
  }

  private static OpSample inferenceSample(String name, Shape x) {
    Shape channels = Shape.of(x.axis(1));
    return OpSample.of(name, x, channels, channels, channels, channels).values(4, i -> 0.5 + i % 7);
  }

  static int channel(OpValues v, int i) {
    int space = 1;
    for (int axis = 2; axis < v.shape(0).rank(); axis++) {
      space *= v.shape(0).axis(axis);
    }
    return i / space % v.shape(0).axis(1);
  }
}
