package limbeck.nlp.model;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;

/** A {@link BertClassifier} that reads texts by a tokenizer of its own. */
class BertNetwork extends TextNetwork {
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

  @Override
  public final List<Linear> classifiers() {
    return List.of(bert.classifier());
  }
}
