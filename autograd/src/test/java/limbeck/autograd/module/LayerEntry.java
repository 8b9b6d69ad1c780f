package limbeck.autograd.module;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import limbeck.autograd.Module;
import limbeck.autograd.Numbers;
import limbeck.autograd.Var;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Gelu;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * One configuration of one layer, small enough that every element of its gradients can be compared.
 *
 * @param name of the configuration
 * @param layer without values
 * @param input the shape of x
 * @param training whether it is in training mode
 * @param forward the result for x
 */
record LayerEntry(
    String name,
    Module layer,
    Shape input,
    boolean training,
    BiFunction<Module, Var, Var> forward) {

  private static LayerEntry of(String name, Module layer, int... input) {
    return new LayerEntry(name, layer, Shape.of(input), false, Module::forward);
  }

  private LayerEntry inTraining() {
    return new LayerEntry(name, layer, input, true, forward);
  }

  private static <M extends Module> LayerEntry with(
      String name, M layer, BiFunction<M, Var, Var> forward, int... input) {
    return new LayerEntry(name, layer, Shape.of(input), false, (m, x) -> forward.apply(layer, x));
  }

  private static Var ints(int... values) {
    return Var.of(Tensor.of(Shape.of(values.length), values));
  }

  private static Var memory(int... axes) {
    return Var.of(Numbers.normal(DType.F64, 9, axes));
  }

  /** All layers. */
  static List<LayerEntry> all() {
    List<LayerEntry> all = new ArrayList<>();
    all.addAll(activations());
    all.addAll(feedForward());
    all.addAll(images());
    all.addAll(sequences());
    all.addAll(transformers());
    return all;
  }

  private static List<LayerEntry> activations() {
    return List.of(
        of("relu", Activation.relu(), 3, 5),
        of("leaky relu", Activation.leakyRelu(0.1), 3, 5),
        of("tanh", Activation.tanh(), 3, 5),
        of("sigmoid", Activation.sigmoid(), 3, 5),
        of("gelu", Activation.gelu(), 3, 5),
        of("gelu by tanh", Activation.geluTanh(), 3, 5),
        of("silu", Activation.silu(), 3, 5),
        of("softplus", Activation.softplus(), 3, 5),
        of("hard sigmoid", Activation.hardSigmoid(), 3, 5),
        of("hard swish", Activation.hardSwish(), 3, 5),
        of("hard tanh", Activation.hardTanh(), 3, 5),
        of("relu6", Activation.relu6(), 3, 5),
        of("elu", Activation.elu(0.7), 3, 5),
        of("selu", new Selu(), 3, 5),
        of("one slope", new PRelu(), 3, 5),
        of("slopes of channels", new PRelu(3), 2, 3, 4),
        of("mish", Activation.mish(), 3, 5));
  }

  private static List<LayerEntry> feedForward() {
    Var ids = Var.of(Tensor.of(Shape.of(2, 3), 4, 0, 2, 2, 2, 1));
    return List.of(
        of("rows", new Linear(5, 4), 3, 5),
        of("rate 0.5", new Dropout(0.5), 4, 6).inTraining(),
        of("two layers", new Sequential(new Linear(4, 3), Activation.tanh()), 3, 4),
        of("around a map", new Residual(new Linear(4, 4)), 3, 4),
        of("mostly carried", new Highway(4), 3, 4),
        with(
            "of three",
            new ScalarMix(3),
            (m, x) -> m.forward(List.of(x, x.times(x), memory(2, 4))),
            2,
            4),
        of("images", new Flatten(), 2, 3, 2, 2),
        of("last axis", new LayerNorm(6), 4, 6),
        of("last axis", new RmsNorm(5), 2, 3, 5),
        of("rate 0.5", new VariationalDropout(0.5), 3, 4, 5).inTraining(),
        with(
            "ids that come again",
            new Embedding(5, 4),
            (e, x) -> e.forward(ids).times(x),
            2,
            3,
            4));
  }

  private static List<LayerEntry> images() {
    Window window = Window.of(3).withStride(2).withPadding(1);
    Window wide = Window.of(2).withDilation(2);
    return List.of(
        of("stride 2, padding 1", new Conv1d(2, 3, window, 1, true), 2, 2, 7),
        of("mixed windows, groups", new Conv2d(4, 4, window, wide, 2, true), 2, 4, 5, 6),
        of("depthwise", new Conv2d(3, 3, window, window, 3, false), 2, 3, 5, 5),
        of("size 2", new MaxPool2d(2), 2, 2, 4, 6),
        of("overlapping, padded", new AvgPool2d(window, window, false), 2, 2, 5, 5),
        of("planes", new GlobalAvgPool(), 2, 3, 4, 3),
        of("images", new AdaptiveAvgPool(2, 3), 2, 2, 5, 4),
        of("sequences", new AdaptiveAvgPool(3), 2, 2, 7),
        of("linear", Resize.linear(7, 2), 2, 2, 4, 3),
        of("nearest", Resize.nearest(5), 2, 2, 3),
        of("images, in training", new BatchNorm(3), 3, 3, 2, 2).inTraining(),
        of("rows, in training", new BatchNorm(4), 5, 4).inTraining(),
        of("two groups", new GroupNorm(2, 4), 2, 4, 2, 3),
        of("sequences", new GroupNorm(3, 3), 2, 3, 4),
        of("planes", new InstanceNorm(2), 2, 2, 3, 2),
        of("planes, with parameters", new InstanceNorm(2, 0.1, true), 2, 2, 5),
        of("rate 0.5", new ChannelDropout(0.5), 3, 4, 2, 2).inTraining(),
        of("images, in evaluation", new BatchNorm(3), 3, 3, 2, 2));
  }

  private static List<LayerEntry> sequences() {
    Var lengths = ints(4, 0, 2);
    return List.of(
        of("one layer", new Lstm(3, 4), 2, 5, 3),
        with("two layers, lengths", new Lstm(3, 2, 2, 0), (l, x) -> l.forward(x, lengths), 3, 4, 3),
        of("one layer", new BiLstm(3, 2), 2, 4, 3),
        of("twice the size", new ConvTranspose2d(4, 3, new Window(4, 2, 1, 1)), 2, 4, 3, 2),
        of(
            "groups, one more",
            new ConvTranspose1d(4, 2, new Window(3, 2, 1, 1), 1, 2, false),
            2,
            4,
            5),
        of("one layer", new Gru(3, 4), 2, 5, 3),
        with("two layers, lengths", new Gru(3, 2, 2, 0), (l, x) -> l.forward(x, lengths), 3, 4, 3),
        of("two layers", new BiGru(3, 2, 2, 0), 2, 4, 3),
        of("limited", new ProjectedLstm(3, 4, 2, false, 3), 2, 4, 3),
        with(
            "reverse, lengths",
            new ProjectedLstm(3, 4, 2, true, 0),
            (l, x) -> l.forward(x, lengths),
            3,
            4,
            3),
        with("lengths, ends", new BiLstm(3, 2), (l, x) -> l.ends(x, ints(4, 1, 2)), 3, 4, 3),
        with("lengths, ends", new BiGru(3, 2), (l, x) -> l.ends(x, ints(4, 1, 2)), 3, 4, 3));
  }

  private static List<LayerEntry> transformers() {
    TransformerSettings last = TransformerSettings.of(4, 2, 6);
    TransformerSettings first = last.normFirst(true).activation(new Gelu());
    AttentionMask causal = AttentionMask.CAUSAL;
    AttentionMask padded = AttentionMask.lengths(ints(3, 2));
    return List.of(
        of("itself", new MultiHeadAttention(4, 2), 2, 3, 4),
        with("causal", new MultiHeadAttention(4, 2), (a, x) -> a.forward(x, causal), 2, 3, 4),
        with(
            "memory, lengths",
            new MultiHeadAttention(4, 3, 2, 0),
            (a, x) -> a.forward(x, memory(2, 3, 3), padded),
            2,
            2,
            4),
        of("sines", Positions.sinusoidal(4, 6), 2, 5, 4),
        of("learned", Positions.learned(4, 6), 2, 5, 4),
        of("turned", new RotaryPositions(4, 6), 2, 2, 5, 4),
        of("norms last", new TransformerEncoderLayer(last), 2, 3, 4),
        of("norms first", new TransformerEncoderLayer(first), 2, 3, 4),
        of("two layers", new TransformerEncoder(first, 2, true), 1, 3, 4),
        with(
            "norms last",
            new TransformerDecoderLayer(last),
            (d, x) -> d.forward(x, memory(2, 2, 4)),
            2,
            3,
            4),
        with(
            "norms first",
            new TransformerDecoderLayer(first),
            (d, x) -> d.forward(x, causal, memory(2, 3, 4), padded),
            2,
            3,
            4),
        with(
            "two layers",
            new TransformerDecoder(first, 2, true),
            (d, x) -> d.forward(x, memory(1, 2, 4)),
            1,
            3,
            4));
  }
}
