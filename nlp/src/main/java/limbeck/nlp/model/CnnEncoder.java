package limbeck.nlp.model;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.engine.op.Relu;
import limbeck.engine.op.layout.Pad;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.nn.MaxSteps;

/**
 * Convolutions over windows of 3, 4 and 5 words, rectified, of each filter the largest value: Kim
 * 2014, arXiv:1408.5882, section 2. There is a window around every word, so that short texts have
 * some; what it has beyond the text is zero.
 *
 * <p>A convolution is a layer {@code conv3}, {@code conv4}, {@code conv5} on the words of a window
 * written one after the other, weights [filters, words · numbers]: one matrix product for all texts
 * of a batch, where a product for each text would be as narrow as the text is short.
 */
final class CnnEncoder extends SentenceEncoder {
  private static final List<Integer> WINDOWS = List.of(3, 4, 5);

  private final List<Linear> convolutions = new ArrayList<>();

  /** An encoder of vectors of {@code in} numbers, with so many filters for each window. */
  CnnEncoder(int in, int filters) {
    super(WINDOWS.size() * filters);
    for (int size : WINDOWS) {
      convolutions.add(child("conv" + size, new Linear(size * in, filters)));
    }
  }

  @Override
  Var forward(Var x, Var lengths) {
    List<Var> each = new ArrayList<>();
    for (int i = 0; i < convolutions.size(); i++) {
      Var y = convolutions.get(i).forward(windows(x, WINDOWS.get(i))).apply(new Relu());
      each.add(y.apply(new MaxSteps(), lengths));
    }
    return Var.concat(1, each.toArray(Var[]::new));
  }

  /** The words around each: x [batch, steps, numbers] to [batch, steps, size · numbers]. */
  private static Var windows(Var x, int size) {
    int before = (size - 1) / 2;
    Var padded = x.apply(new Pad(List.of(before, 0), List.of(size - 1 - before, 0), 0));
    Var[] words = new Var[size];
    for (int k = 0; k < size; k++) {
      int left = size - 1 - k; // counted from the end: a program takes texts of any length
      words[k] = padded.slice(1, k, left == 0 ? Slice.END : -left);
    }
    return Var.concat(2, words);
  }
}
