package limbeck.engine.io.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.op.Div;
import limbeck.engine.op.Sub;
import limbeck.engine.program.Input;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** The inputs of a model as those of a program: their free axes, and what is given of them. */
final class OnnxInputs {
  /**
   * Sizes that free axes have in the samples. They are in no order, so that an axis and another one
   * made longer or multiplied, as convolutions do, cannot have the same sizes in all of them; and
   * small, so that tables of positions are long enough.
   */
  private static final int[][] SIZES = {
    {5, 7, 11, 13, 17, 19, 23, 29},
    {31, 53, 17, 61, 41, 71, 47, 73},
    {43, 29, 59, 3, 67, 37, 11, 13}
  };

  /** Inputs that are always the same. */
  final Map<String, Tensor> fixed = new LinkedHashMap<>();

  /** Inputs of which no axis is free. */
  final Map<String, Shape> shapes = new LinkedHashMap<>();

  /** What is subtracted from the only input first, and what it is divided by; none for nothing. */
  List<Double> means = List.of();

  List<Double> deviations = List.of();

  /** Whether examples come as rows of numbers. */
  boolean flat;

  private final OnnxModel model;

  OnnxInputs(OnnxModel model) {
    this.model = model;
  }

  /** How many sizes of free axes are looked at: one if there are none. */
  int samples() {
    return model.inputs().stream().anyMatch(this::isFree) ? SIZES.length : 1;
  }

  private boolean isFree(OnnxValue input) {
    return !fixed.containsKey(input.name())
        && !shapes.containsKey(input.name())
        && input.axes() != null
        && input.axes().stream().anyMatch(OnnxValue.Axis::isFree);
  }

  /** Adds them. */
  void addTo(Lowering to, Map<String, Value> values) throws FormatException {
    Map<String, Integer> symbols = new LinkedHashMap<>();
    String batch = batchSymbol();
    symbols.put(batch, 0);
    for (OnnxValue input : model.inputs()) {
      if (input.type() == null) {
        throw error("input " + FormatException.quote(input.name()) + " has a type not read");
      }
      Value made;
      try {
        Tensor value = fixed.get(input.name());
        made =
            value != null
                ? to.weight(input.type(), value)
                : isFree(input) ? free(to, input, symbols, batch) : whole(to, input);
      } catch (IllegalArgumentException e) { // what inputs and shapes refuse
        throw new FormatException(model.source() + ": " + e.getMessage(), e);
      }
      if (values.put(input.name(), made) != null) {
        throw error("two values are named " + FormatException.quote(input.name()));
      }
    }
  }

  /** What the first axis of the first input that has a free one there is called. */
  private String batchSymbol() {
    for (OnnxValue input : model.inputs()) {
      if (isFree(input) && input.axes().get(0).isFree()) {
        return input.axes().get(0).symbol();
      }
    }
    return "";
  }

  private Value whole(Lowering to, OnnxValue input) throws FormatException {
    Shape shape = shapes.get(input.name());
    if (shape == null) {
      if (input.axes() == null || input.axes().size() > Shape.MAX_AXES) {
        throw error("input " + FormatException.quote(input.name()) + " has no shape; give it one");
      }
      int[] sizes = input.axes().stream().mapToInt(a -> (int) a.size()).toArray();
      shape = Shape.of(sizes);
    }
    Shape[] same = new Shape[to.samples()];
    Arrays.fill(same, shape);
    return to.input(Input.whole(input.name(), input.type().stored(), shape), input.type(), same);
  }

  private Value free(Lowering to, OnnxValue input, Map<String, Integer> symbols, String batch)
      throws FormatException {
    List<OnnxValue.Axis> axes = input.axes();
    boolean batched = axes.get(0).isFree() && axes.get(0).symbol().equals(batch);
    Shape[] samples = new Shape[to.samples()];
    List<Integer> freeAxes = new ArrayList<>();
    int[][] sizes = new int[samples.length][axes.size()];
    for (int i = 0; i < axes.size(); i++) {
      OnnxValue.Axis axis = axes.get(i);
      int number = -1;
      if (axis.isFree()) {
        boolean named = !axis.symbol().isEmpty() || i == 0 && batched;
        String key = named ? axis.symbol() : input.name() + "\n" + i;
        number = symbols.computeIfAbsent(key, k -> symbols.size());
        if (number >= SIZES[0].length) {
          throw error("more than " + SIZES[0].length + " free sizes; give inputs shapes");
        }
        if (i > 0 || !batched) {
          freeAxes.add(batched ? i - 1 : i);
        }
      }
      for (int s = 0; s < samples.length; s++) {
        sizes[s][i] = number < 0 ? (int) axis.size() : SIZES[s][number];
      }
    }
    for (int s = 0; s < samples.length; s++) {
      samples[s] = Shape.of(sizes[s]);
    }
    int[] example = Arrays.copyOfRange(sizes[0], batched ? 1 : 0, axes.size());
    Input made =
        new Input(input.name(), input.type().stored(), Shape.of(example), freeAxes, batched);
    return normalized(
        to, flat ? flat(to, input, made, samples) : to.input(made, input.type(), samples));
  }

  /** An input of rows, which get their shape first. */
  private Value flat(Lowering to, OnnxValue input, Input shaped, Shape[] samples)
      throws FormatException {
    if (!shaped.batched() || !shaped.freeAxes().isEmpty() || model.inputs().size() != 1) {
      throw error("rows of numbers are taken for models of one input that leave the batch free");
    }
    Shape row = Shape.of(shaped.example().size());
    Shape[] rows = new Shape[samples.length];
    for (int s = 0; s < rows.length; s++) {
      rows[s] = Shape.of(samples[s].axis(0), row.size());
    }
    Input flat = Input.of(input.name(), input.type().stored(), row);
    return to.reshape(to.input(flat, input.type(), rows), samples);
  }

  private Value normalized(Lowering to, Value x) throws FormatException {
    if (means.isEmpty()) {
      return x;
    }
    int channels = x.rank() < 2 ? 1 : x.shape(0).axis(1);
    boolean fits = means.size() == 1 || means.size() == channels;
    if (!fits || deviations.size() != means.size() || model.inputs().size() != 1) {
      throw error(means.size() + " means for " + channels + " channels of one input");
    }
    Value centred = to.emit(x.type(), new Sub(), x, channel(to, means, x.rank()));
    return to.emit(x.type(), new Div(), centred, channel(to, deviations, x.rank()));
  }

  /** Numbers for the channels of [batch, channels, …]. */
  private static Value channel(Lowering to, List<Double> numbers, int rank) {
    int[] axes = new int[Math.max(0, rank - 1)];
    Arrays.fill(axes, 1);
    if (axes.length > 0) {
      axes[0] = numbers.size();
    }
    Tensor t = Tensor.zeros(DType.F32, Shape.of(axes));
    for (int i = 0; i < t.size(); i++) {
      t.set(i, numbers.get(i));
    }
    return to.constant(OnnxType.FLOAT, t);
  }

  private FormatException error(String problem) {
    return new FormatException(model.source() + ": " + problem);
  }
}
