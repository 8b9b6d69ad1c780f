package limbeck.nlp.model;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;

/**
 * A BERT or DistilBERT that says something of each token: logits [batch, steps, tags], as for parts
 * of speech or names.
 */
public final class BertTagger extends Module {
  private final Bert bert;
  private final Dropout dropout;
  private final Linear classifier;

  /**
   * A tagger without values yet.
   *
   * @throws IllegalArgumentException if there is no tag
   */
  public BertTagger(BertConfig config, int tags) {
    bert = child("bert", new Bert(config));
    dropout = child("dropout", new Dropout(config.dropout()));
    classifier =
        child(
            "classifier",
            new Linear(config.width(), tags, Init.normal(config.deviation()), Init.constant(0)));
  }

  /** The encoder. */
  public Bert bert() {
    return bert;
  }

  /** Sequences of the full length: ids, I32 [batch, steps]. */
  @Override
  public Var forward(Var ids) {
    return classifier.forward(dropout.forward(bert.forward(ids)));
  }

  /** Logits [batch, steps, tags]; those behind a sequence's end mean nothing. */
  public Var forward(Tokens tokens) {
    return classifier.forward(dropout.forward(bert.forward(tokens)));
  }
}
