package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A network of stages one after another, which can be divided between two of them: a stem, the
 * stages, features, the vector that they are pooled to, logits. All families but those with several
 * outputs are.
 */
abstract class StagedNetwork extends ImageNetwork {
  private final ImageInput input;
  private final List<Integer> starts = new ArrayList<>();
  private Linear classifier;
  private String prefix = "";

  StagedNetwork(Blueprint blueprint) {
    super(blueprint);
    input = child("input", new ImageInput(blueprint));
  }

  /**
   * What is registered from here on belongs to the next stage, after the last stage also what comes
   * behind it. To be called once for each stage.
   */
  final void nextStage() {
    starts.add(children().size());
  }

  /** Registers the last layer: to be called when all others are. */
  final void classify(String layer, int features) {
    Init weights = Init.uniform(1 / StrictMath.sqrt(features));
    classify(layer, new Linear(features, classes(), weights, Init.constant(0)));
  }

  final void classify(String layer, Linear last) {
    classifier = child(layer, last);
  }

  @Override
  public final List<Linear> classifiers() {
    return List.of(classifier);
  }

  /** How many stages there are. */
  final int stages() {
    return starts.size();
  }

  /** The layers that the output of a stage depends on, by name; those of no stage for 0. */
  final Map<String, Module> layersTo(int stage) {
    return layers(0, stage < stages() ? starts.get(stage) : children().size());
  }

  /** The layers of a stage, from 1, and of all that follows. */
  final Map<String, Module> layersFrom(int stage) {
    return layers(starts.get(stage - 1), children().size());
  }

  private Map<String, Module> layers(int from, int to) {
    List<String> names = List.copyOf(children().keySet()).subList(from, to);
    Map<String, Module> layers = new LinkedHashMap<>();
    names.forEach(name -> layers.put(name, children().get(name)));
    return layers;
  }

  /** Has all taps offered under names that begin so: for one of several in a network. */
  final void prefixTaps(String begin) {
    prefix = begin;
  }

  @Override
  public final Var forward(Var x) {
    return logits(features(through(1, stages(), begin(x))));
  }

  /** What comes before the first stage. */
  final Var begin(Var x) {
    return stem(input, x);
  }

  /** Through several stages; through none if the last is before the first. */
  final Var through(int first, int last, Var y) {
    Var z = y;
    for (int stage = first; stage <= last; stage++) {
      z = stage(stage, z);
    }
    return z;
  }

  /** The logits [batch, classes] of features. */
  final Var logits(Var features) {
    return classifier.forward(offer("pooled", pooled(features)));
  }

  /** What a batch of images is made before the first stage. */
  abstract Var stem(ImageInput input, Var x);

  /** A stage, from 1, with what leads to the next one, such as pooling. */
  abstract Var stage(int number, Var y);

  /** What the last stage gives, made ready to be pooled. */
  abstract Var features(Var y);

  /** The vectors [batch, n] of features. */
  abstract Var pooled(Var features);

  /** As {@link #tap}, for the network's taps. */
  final Var offer(String name, Var value) {
    return tap(prefix + name, value);
  }

  /** The end of a stage with a rectifier, as taps offer it. */
  final Var endStage(int number, Var pre) {
    tapPre(number, pre);
    return tapStage(number, relu(pre));
  }

  final Var tapStage(int number, Var y) {
    return offer("stage" + number, y);
  }

  final Var tapPre(int number, Var pre) {
    return offer("stage" + number + ".pre", pre);
  }

  /**
   * The shapes of one image's activations: what each stage gives, then the features. Found by one
   * evaluation of zeros, for which this network takes values.
   */
  final List<Shape> shapes() {
    init(0);
    List<Shape> shapes = new ArrayList<>();
    Tensor zeros = Tensor.zeros(DType.F32, Shape.of(1, image().values()));
    infer(
        new OpContext(Workers.inline()),
        () -> {
          Var y = begin(Var.of(zeros));
          for (int stage = 1; stage <= stages(); stage++) {
            y = stage(stage, y);
            shapes.add(withoutBatch(y.shape()));
          }
          y = features(y);
          shapes.add(withoutBatch(y.shape()));
          return y;
        });
    return shapes;
  }

  private static Shape withoutBatch(Shape batch) {
    return Shape.of(Arrays.stream(batch.toArray()).skip(1).toArray());
  }
}
