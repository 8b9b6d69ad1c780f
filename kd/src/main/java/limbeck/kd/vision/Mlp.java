package limbeck.kd.vision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import limbeck.autograd.Init;
import limbeck.autograd.Var;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.kd.DropoutRates;

/**
 * A multilayer perceptron of rectified linear units, such as 784-1200-1200-10, optionally with
 * dropout on its input and after each hidden layer. Layers are named {@code fc1}, {@code fc2} …,
 * with or without dropout. Taps {@code stage1}, {@code stage2} … are the hidden layers before
 * dropout. Weights start normal with variance 2 / fan in, biases at 0.
 */
public final class Mlp extends StagedNetwork {
  static final Family FAMILY =
      new Family(
          "mlp:<values>-<units>-…-<classes>",
          "multilayer perceptron, such as mlp:784-800-800-10",
          List.of(
              "mlp:784-1200-1200-10",
              "mlp:784-800-800-10",
              "mlp:784-300-300-10",
              "mlp:784-30-30-10"),
          Mlp::plan);

  /** The prefix may be left out: reports and older recipes call these networks by their widths. */
  private static final Pattern NAME = Pattern.compile("(?:mlp:)?(\\d{1,7}(?:-\\d{1,7})+)");

  private final int[] widths;
  private final List<Linear> layers = new ArrayList<>();
  private final Dropout inputDropout;
  private final List<Dropout> dropouts = new ArrayList<>();

  /** A network without dropout. */
  public Mlp(int... widths) {
    this(widths, 0, 0);
  }

  /**
   * A network with dropout.
   *
   * @param widths inputs, units of each hidden layer, outputs: at least two numbers
   * @param inputRate dropout on the inputs
   * @param hiddenRate dropout after each hidden layer
   */
  public Mlp(int[] widths, double inputRate, double hiddenRate) {
    this(
        new Blueprint(
            "mlp:" + name(requireTwo(widths)),
            ImageShape.flat(widths[0]),
            widths[widths.length - 1],
            Standardisation.NONE,
            new DropoutRates(inputRate, hiddenRate)),
        widths);
  }

  private Mlp(Blueprint b, int[] widths) {
    super(b);
    this.widths = requireFit(b, widths).clone();
    inputDropout = child("drop0", new Dropout(b.dropout().input()));
    for (int i = 1; i < widths.length; i++) {
      if (i < widths.length - 1) {
        nextStage();
      }
      Linear layer = new Linear(widths[i - 1], widths[i], Init.he(widths[i - 1]), Init.constant(0));
      layers.add(layer);
      if (i == widths.length - 1) {
        classify("fc" + i, layer);
      } else {
        child("fc" + i, layer);
        dropouts.add(child("drop" + i, new Dropout(b.dropout().hidden())));
      }
    }
  }

  private static int[] requireTwo(int[] widths) {
    if (widths.length < 2) {
      throw new IllegalArgumentException(
          "mlp: widths " + Arrays.toString(widths) + ", inputs and outputs at least");
    }
    return widths;
  }

  private static int[] requireFit(Blueprint b, int[] widths) {
    if (widths[0] != b.image().values()) {
      throw Blueprint.misfit(
          b.name(),
          "takes "
              + widths[0]
              + " values, but images of "
              + b.image()
              + " have "
              + b.image().values());
    }
    int outputs = widths[widths.length - 1];
    if (outputs != b.classes()) {
      throw Blueprint.misfit(
          b.name(), "has " + outputs + " outputs, but there are " + b.classes() + " classes");
    }
    return widths;
  }

  private static Family.Plan plan(String name) {
    var matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    int[] widths = Arrays.stream(matcher.group(1).split("-")).mapToInt(Integer::parseInt).toArray();
    return Family.Plan.staged("mlp:" + name(widths), widths.length - 2, b -> new Mlp(b, widths));
  }

  /** A name in which perceptrons have another number of outputs. */
  static String ofClasses(String name, int classes) {
    return name.replaceAll("(mlp:\\d[\\d-]*-)\\d+", "$1" + classes);
  }

  @Override
  Var stem(ImageInput input, Var x) {
    return inputDropout.forward(input.rows(x));
  }

  @Override
  Var stage(int number, Var y) {
    Var hidden = endStage(number, layers.get(number - 1).forward(y));
    return dropouts.get(number - 1).forward(hidden);
  }

  @Override
  Var features(Var y) {
    return y;
  }

  @Override
  Var pooled(Var features) {
    return features;
  }

  /** The linear layers, first to last. */
  public List<Linear> layers() {
    return List.copyOf(layers);
  }

  @Override
  public List<Linear> hiddenLayers() {
    return layers.subList(0, layers.size() - 1);
  }

  /** Multiply-adds of one example; needs no parameters. */
  @Override
  public long multiplyAdds() {
    long sum = 0;
    for (int i = 1; i < widths.length; i++) {
      sum += (long) widths[i - 1] * widths[i];
    }
    return sum;
  }

  /** For example {@code 784-800-800-10}. */
  @Override
  public String name() {
    return name(widths);
  }

  private static String name(int[] widths) {
    return Arrays.stream(widths).mapToObj(Integer::toString).collect(Collectors.joining("-"));
  }
}
