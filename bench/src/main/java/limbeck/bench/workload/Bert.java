package limbeck.bench.workload;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.TransformerEncoder;
import limbeck.autograd.module.TransformerSettings;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.Tanh;

/**
 * A transformer encoder that classifies from its first position: post-norm layers with exact GELU
 * and a feed-forward part of four times the width, then tanh of an affine map, then classes. x
 * [batch, time, width] are vectors, not words: there is no embedding, no mask and no dropout.
 */
public final class Bert extends Module {
  private final TransformerEncoder encoder;
  private final Linear pooler;
  private final Linear classifier;
  private final int width;

  /** A network of {@code depth} layers. */
  public Bert(int depth, int width, int heads, int classes) {
    this.width = width;
    TransformerSettings s =
        TransformerSettings.of(width, heads, 4 * width).activation(new Gelu()).dropout(0);
    encoder = child("encoder", new TransformerEncoder(s, depth, false));
    pooler = child("pooler", new Linear(width, width));
    classifier = child("classifier", new Linear(width, classes));
  }

  @Override
  public Var forward(Var x) {
    Var first = encoder.forward(x).slice(1, 0, 1).reshape(-1, width);
    return classifier.forward(pooler.forward(first).apply(new Tanh()));
  }
}
