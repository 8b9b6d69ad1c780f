package limbeck.nlp.pretrain;

import java.util.Arrays;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.model.Tokens;

/**
 * Blocks with hidden tokens.
 *
 * @param tokens the sequences as the network sees them
 * @param places of the hidden tokens among all steps, batch · steps + step, I32 [hidden]
 * @param labels what stood there, I32 [hidden]
 * @param real places of all steps that are no padding, I32 [tokens]
 */
record MaskedBatch(Tokens tokens, Tensor places, Tensor labels, Tensor real) {
  /** How many tokens are hidden. */
  int hidden() {
    return labels.size();
  }

  /** How many tokens there are. */
  int tokenCount() {
    return real.size();
  }

  /** Collects the blocks of a batch. */
  static final class Builder {
    private final int steps;
    private final int[] ids;
    private final int[] lengths;
    private final int[] places;
    private final int[] labels;
    private int hidden;

    Builder(int blocks, int steps) {
      this.steps = steps;
      ids = new int[blocks * steps];
      lengths = new int[blocks];
      places = new int[ids.length];
      labels = new int[ids.length];
    }

    int[] ids() {
      return ids;
    }

    void length(int block, int length) {
      lengths[block] = length;
    }

    void hide(int block, int step, int token) {
      places[hidden] = block * steps + step;
      labels[hidden++] = token;
    }

    MaskedBatch build() {
      int n = lengths.length;
      Tensor all = Tensor.view(ids, 0, Shape.of(n, steps));
      return new MaskedBatch(
          Tokens.of(all, Tensor.view(lengths, 0, Shape.of(n))),
          Tensor.view(Arrays.copyOf(places, hidden), 0, Shape.of(hidden)),
          Tensor.view(Arrays.copyOf(labels, hidden), 0, Shape.of(hidden)),
          real());
    }

    private Tensor real() {
      int[] real = new int[Arrays.stream(lengths).sum()];
      int at = 0;
      for (int b = 0; b < lengths.length; b++) {
        for (int t = 0; t < lengths[b]; t++) {
          real[at++] = b * steps + t;
        }
      }
      return Tensor.view(real, 0, Shape.of(real.length));
    }
  }
}
