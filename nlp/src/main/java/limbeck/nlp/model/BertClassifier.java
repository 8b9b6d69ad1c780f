package limbeck.nlp.model;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Linear;
import limbeck.engine.op.ElementwiseOp;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Tanh;

/**
 * A BERT or DistilBERT that says one thing of a sequence: logits of classes, or with one output a
 * number. The vector of the first token, {@code [CLS]}, goes through a layer of its width, with
 * tanh (BERT's pooler) or a rectifier (DistilBERT), and after dropout to the outputs.
 *
 * <p>Tap: {@code pooled} [batch, width], what the last layer sees.
 */
public final class BertClassifier extends Module {
  private static final double DISTILBERT_DROPOUT = 0.2;

  private final Bert bert;
  private final Linear pooler;
  private final ElementwiseOp activation;
  private final Dropout dropout;
  private final Linear classifier;

  /**
   * A classifier without values yet.
   *
   * @param outputs how many classes; 1 for regression
   * @throws IllegalArgumentException if there is no output
   */
  public BertClassifier(BertConfig config, int outputs) {
    boolean distil = config.family() == BertConfig.Family.DISTILBERT;
    Init normal = Init.normal(config.deviation());
    Init zero = Init.constant(0);
    bert = child("bert", new Bert(config));
    pooler = child("pooler", new Linear(config.width(), config.width(), normal, zero));
    activation = distil ? new Relu() : new Tanh();
    dropout = child("dropout", new Dropout(distil ? DISTILBERT_DROPOUT : config.dropout()));
    classifier = child("classifier", new Linear(config.width(), outputs, normal, zero));
  }

  /** The encoder. */
  public Bert bert() {
    return bert;
  }

  /** The layer that gives the outputs. */
  public Linear classifier() {
    return classifier;
  }

  /** Sequences of the full length: ids, I32 [batch, steps]; [batch, outputs]. */
  @Override
  public Var forward(Var ids) {
    return head(bert.forward(ids));
  }

  /** Outputs [batch, outputs]. */
  public Var forward(Tokens tokens) {
    return head(bert.forward(tokens));
  }

  private Var head(Var steps) {
    Var pooled = tap("pooled", pooler.forward(bert.first(steps)).apply(activation));
    return classifier.forward(dropout.forward(pooled));
  }
}
