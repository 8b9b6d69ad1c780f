package limbeck.nlp.model;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Var;
import limbeck.autograd.module.Conv1d;
import limbeck.engine.op.Relu;
import limbeck.engine.op.layout.Pad;
import limbeck.engine.op.nn.MaxSteps;

/**
 * Convolutions over windows of 3, 4 and 5 words, rectified, of each filter the largest value: Kim
 * 2014, arXiv:1408.5882, section 2. There is a window around every word, so that short texts have
 * some; what it has beyond the text is zero.
 */
final class CnnEncoder extends SentenceEncoder {
  private static final List<Integer> WINDOWS = List.of(3, 4, 5);

  private final List<Conv1d> convolutions = new ArrayList<>();

  /** An encoder of vectors of {@code in} numbers, with so many filters for each window. */
  CnnEncoder(int in, int filters) {
    super(WINDOWS.size() * filters);
    for (int size : WINDOWS) {
      convolutions.add(child("conv" + size, new Conv1d(in, filters, size)));
    }
  }

  @Override
  Var forward(Var x, Var lengths) {
    Var channels = x.permute(0, 2, 1);
    List<Var> each = new ArrayList<>();
    for (int i = 0; i < convolutions.size(); i++) {
      int around = WINDOWS.get(i) - 1;
      Pad pad = new Pad(List.of(around / 2), List.of(around - around / 2), 0);
      Var y = convolutions.get(i).forward(channels.apply(pad)).apply(new Relu());
      each.add(y.permute(0, 2, 1).apply(new MaxSteps(), lengths));
    }
    return Var.concat(1, each.toArray(Var[]::new));
  }
}
