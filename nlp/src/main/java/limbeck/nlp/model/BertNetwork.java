package limbeck.nlp.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.engine.tensor.Tensor;

/** A {@link BertClassifier} that reads texts by a tokenizer of its own. */
class BertNetwork extends TextNetwork {
  private static final String MODEL = "model.";

  private final BertClassifier bert;

  BertNetwork(String name, int classes, TextCoder coder, int usualSteps, BertConfig config) {
    super(name, classes, coder, usualSteps);
    bert = child("model", new BertClassifier(config, classes));
  }

  /** The model, without the coder. */
  final BertClassifier bert() {
    return bert;
  }

  @Override
  public final Var forward(List<Var> in) {
    boolean segments = in.size() == 3;
    return bert.forward(
        new Tokens(in.get(0), segments ? in.get(1) : null, in.get(segments ? 2 : 1)));
  }

  /** All that is no layer is taken as it is, the classifier too. */
  @Override
  public final void loadLayers(Map<String, Tensor> whole, List<Integer> layers) {
    int own = bert.bert().config().layers();
    if (layers.size() != own) {
      throw new IllegalArgumentException(
          name() + ": has " + own + " layers, and shall start from " + layers);
    }
    Map<String, Tensor> taken = new LinkedHashMap<>();
    for (String path : state().keySet()) {
      String other = MODEL + BertNames.ofLayers(path.substring(MODEL.length()), layers);
      if (!whole.containsKey(other)) {
        throw new IllegalArgumentException(
            name() + ": shall start from layers " + layers + ", but there is no " + other);
      }
      taken.put(path, whole.get(other));
    }
    load(taken);
  }

  @Override
  public final List<Linear> classifiers() {
    return List.of(bert.classifier());
  }
}
