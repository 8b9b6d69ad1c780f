package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.autograd.Init;
import limbeck.autograd.Var;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.Flatten;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.MaxPool2d;

/**
 * Plain convolutional networks: convolutions of 3 × 3 with biases, each followed by batch norm and
 * a rectifier; maximum pooling of 2 × 2; then fully connected layers with rectifiers between.
 * {@code plain-2} to {@code plain-10}, named by the number of convolutions, are those of the
 * experiments with teacher assistants: Mirzadeh et al. 2020, arXiv:1902.03393. There the layers for
 * CIFAR-100 are other ones than for CIFAR-10; here those for CIFAR-10 serve up to ten classes, and
 * the others more.
 *
 * <p>Any other list can be written: {@code plain:16-16-P-32-32-P-F64} has two convolutions of 16
 * channels, a pooling, two of 32, a pooling, and a fully connected layer of 64 units. The last
 * layer, which gives the logits, is not written.
 *
 * <p>A stage ends at a pooling: its taps are before it. {@code features} are after the last one,
 * and {@code pooled} is these as one row, or the last fully connected layer if there is one.
 * Parameters: {@code conv1}, {@code bn1}, {@code conv2} …, {@code fc1} …, {@code linear}.
 * Convolutions start as {@link HeConv} says, hidden fully connected layers normal with variance 2 /
 * fan in, biases at 0.
 */
final class PlainNet extends StagedNetwork {
  static final Family FAMILY =
      new Family(
          "plain-<2|4|6|8|10>, plain:<layers>",
          "convolutions and pooling, such as plain-4, which is plain:16-16-P-32-32-P",
          List.of("plain-2", "plain-4", "plain-6", "plain-8", "plain-10"),
          PlainNet::plan);

  private static final Map<String, String> TEN =
      Map.of(
          "plain-2", "16-P-16-P",
          "plain-4", "16-16-P-32-32-P",
          "plain-6", "16-16-P-32-32-P-64-64-P",
          "plain-8", "16-16-P-32-32-P-64-64-P-128-128-P-F64",
          "plain-10", "32-32-P-64-64-P-128-128-P-256-256-256-256-P-F128");

  private static final Map<String, String> HUNDRED =
      Map.of(
          "plain-2", "32-P-32-P",
          "plain-4", "32-32-P-64-64-P",
          "plain-6", "32-32-P-64-64-P-128-128",
          "plain-8", "32-32-P-64-64-P-128-128-P-256-256-P-F64",
          "plain-10", "32-32-P-64-64-P-128-128-P-256-256-256-256-P-F512");

  private static final Pattern LAYERS =
      Pattern.compile("plain:([1-9]\\d{0,3}(?:(?:-P)?-[1-9]\\d{0,3})*(?:-P)?(?:-F[1-9]\\d{0,4})*)");

  private static final Init ZERO = Init.constant(0);

  private record Layer(Conv2d conv, BatchNorm norm) {}

  /** Convolutions, and whether a pooling follows. */
  private record Stage(List<Layer> layers, boolean pooled) {}

  private final List<Stage> stages = new ArrayList<>();
  private final MaxPool2d pool;
  private final Flatten flatten;
  private final List<Linear> hidden = new ArrayList<>();

  private PlainNet(Blueprint b, List<List<String>> list) {
    super(b);
    b.requireNoDropout();
    int poolings = (int) list.stream().filter(s -> s.contains("P")).count();
    b.requireHalves(poolings);
    int width = b.image().channels();
    int number = 0;
    for (List<String> stage : list) {
      nextStage();
      List<Layer> layers = new ArrayList<>();
      for (String layer : stage) {
        if (isConvolution(layer)) {
          int out = Integer.parseInt(layer);
          number++;
          Conv2d conv = child("conv" + number, HeConv.threeWithBias(width, out));
          layers.add(new Layer(conv, child("bn" + number, new BatchNorm(out))));
          width = out;
        }
      }
      stages.add(new Stage(layers, stage.contains("P")));
    }
    pool = child("pool", new MaxPool2d(2));
    flatten = child("flatten", new Flatten());
    width *= (b.image().height() >> poolings) * (b.image().width() >> poolings);
    for (String layer : list.get(list.size() - 1)) {
      width = layer.startsWith("F") ? fullyConnected(layer, width) : width;
    }
    classify("linear", width);
  }

  private static boolean isConvolution(String layer) {
    return !layer.equals("P") && !layer.startsWith("F");
  }

  private int fullyConnected(String layer, int in) {
    int out = Integer.parseInt(layer.substring(1));
    hidden.add(child("fc" + (hidden.size() + 1), new Linear(in, out, Init.he(in), ZERO)));
    return out;
  }

  @Override
  Var stem(ImageInput input, Var x) {
    return input.forward(x);
  }

  @Override
  Var stage(int number, Var y) {
    Stage stage = stages.get(number - 1);
    Var z = y;
    Var pre = y;
    for (Layer layer : stage.layers) {
      pre = layer.norm.forward(layer.conv.forward(z));
      z = relu(pre);
      if (number == 1 && layer == stage.layers.get(0)) {
        offer("stem", z);
      }
    }
    tapPre(number, pre);
    tapStage(number, z);
    return stage.pooled ? pool.forward(z) : z;
  }

  @Override
  Var features(Var y) {
    return offer("features", y);
  }

  @Override
  Var pooled(Var features) {
    Var y = flatten.forward(features);
    for (Linear layer : hidden) {
      y = relu(layer.forward(y));
    }
    return y;
  }

  @Override
  public List<Linear> hiddenLayers() {
    return List.copyOf(hidden);
  }

  private static Family.Plan plan(String name) {
    if (TEN.containsKey(name)) {
      List<List<String>> ten = stages(TEN.get(name));
      List<List<String>> hundred = stages(HUNDRED.get(name)); // as many
      return Family.Plan.staged(
          name, ten.size(), b -> new PlainNet(b, b.classes() <= 10 ? ten : hundred));
    }
    Matcher m = LAYERS.matcher(name);
    if (m.matches()) {
      List<List<String>> list = stages(m.group(1));
      return Family.Plan.staged(name, list.size(), b -> new PlainNet(b, list));
    }
    if (name.startsWith("plain:")) {
      throw Blueprint.misfit(
          name,
          "layers expected such as plain:16-16-P-32-32-P-F64: channels of convolutions, P for"
              + " pooling after one, and at the end F with units");
    }
    return null;
  }

  /** A list of layers, divided behind each pooling before a convolution. */
  private static List<List<String>> stages(String layers) {
    List<List<String>> stages = new ArrayList<>();
    boolean begins = true;
    for (String layer : layers.split("-")) {
      if (begins && isConvolution(layer)) {
        stages.add(new ArrayList<>());
      }
      stages.get(stages.size() - 1).add(layer);
      begins = layer.equals("P");
    }
    return stages;
  }
}
