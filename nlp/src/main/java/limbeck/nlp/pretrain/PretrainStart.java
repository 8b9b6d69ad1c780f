package limbeck.nlp.pretrain;

import java.nio.file.Path;
import java.util.List;

/**
 * Another model whose weights a pretraining begins with: its embeddings, its head, and for each
 * layer one of its layers. With layers 0,1,0,1 a model of four layers begins as one of two, stacked
 * upon itself: progressive stacking, Gong et al. 2019, Efficient Training of BERT by Progressively
 * Stacking, ICML.
 *
 * @param folder of the other model, with its vocabulary
 * @param layers numbers from 0 of its layers, one for each of the new model's; empty: all, in their
 *     order
 */
public record PretrainStart(Path folder, List<Integer> layers) {
  /** Keeps a copy of the numbers. */
  public PretrainStart {
    layers = List.copyOf(layers);
  }
}
