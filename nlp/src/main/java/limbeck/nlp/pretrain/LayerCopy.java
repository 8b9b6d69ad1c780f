package limbeck.nlp.pretrain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.model.BertNames;
import limbeck.nlp.model.MaskedLanguageModel;

/**
 * A student that begins as some layers of its teacher, with the teacher's embeddings and head: Sanh
 * et al. 2019, arXiv:1910.01108, section 3.
 */
final class LayerCopy {
  private LayerCopy() {}

  /**
   * Copies weights.
   *
   * @param student with values, of the teacher's sizes but for the number of layers
   * @param layers numbers of the teacher's layers, from 0, one for each of the student's
   * @throws IllegalArgumentException if the teacher has no such layer
   * @throws limbeck.engine.tensor.ShapeException if sizes differ
   */
  static void into(MaskedLanguageModel student, MaskedLanguageModel teacher, List<Integer> layers) {
    int most = teacher.bert().config().layers();
    for (int layer : layers) {
      if (layer < 0 || layer >= most) {
        throw new IllegalArgumentException(
            "pretraining: no layer " + layer + " of the teacher; it has 0 to " + (most - 1));
      }
    }
    Map<String, Tensor> from = teacher.state();
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (String path : student.state().keySet()) {
      state.put(path, from.get(BertNames.ofLayers(path, layers)));
    }
    student.load(state);
  }
}
