package limbeck.nlp.model;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.autograd.module.LayerNorm;
import limbeck.autograd.module.Linear;
import limbeck.engine.op.ElementwiseOp;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.tensor.Shape;

/**
 * A BERT or DistilBERT that guesses tokens: logits over the vocabulary, from a layer with
 * activation and norm, then the table of token vectors itself (tied weights), and a bias for each
 * token.
 */
public final class MaskedLanguageModel extends Module {
  private final Bert bert;
  private final Linear transform;
  private final ElementwiseOp activation;
  private final LayerNorm norm;
  private final Output output;

  /** The last layer, whose weights are the table of token vectors. */
  private static final class Output extends Module {
    private final Parameter weight;
    private final Parameter bias;

    Output(BertConfig c, Parameter table) {
      weight = parameter("weight", Shape.of(c.vocabulary(), c.width()), Init.normal(c.deviation()));
      bias = parameter("bias", Shape.of(c.vocabulary()), Init.constant(0));
      tie(weight, table);
    }

    @Override
    public Var forward(Var x) {
      return x.apply(new limbeck.engine.op.Linear(), weight, bias);
    }
  }

  /** A model without values yet. */
  public MaskedLanguageModel(BertConfig config) {
    Init normal = Init.normal(config.deviation());
    bert = child("bert", new Bert(config));
    transform =
        child("transform", new Linear(config.width(), config.width(), normal, Init.constant(0)));
    activation = config.activationOp();
    norm = child("norm", new LayerNorm(config.width(), config.epsilon()));
    output = child("output", new Output(config, bert.words().weight()));
  }

  /** The encoder. */
  public Bert bert() {
    return bert;
  }

  /** Logits of every step [batch, steps, vocabulary], for sequences of the full length. */
  @Override
  public Var forward(Var ids) {
    return logits(bert.forward(ids));
  }

  /** Logits of every step [batch, steps, vocabulary]. */
  public Var forward(Tokens tokens) {
    return logits(bert.forward(tokens));
  }

  /**
   * Logits of some steps alone [places, vocabulary], which is what training needs: the vocabulary
   * is large, and few tokens are masked.
   *
   * @param places number of each step among all, batch · steps + step, I32 [places]
   */
  public Var forward(Tokens tokens, Var places) {
    Var steps = bert.forward(tokens).reshape(-1, bert.config().width());
    return logits(steps.apply(new Gather(0), places));
  }

  private Var logits(Var steps) {
    return output.forward(norm.forward(transform.forward(steps).apply(activation)));
  }
}
