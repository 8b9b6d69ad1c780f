package limbeck.autograd.module;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;

/**
 * Encoder layers one after another, and at the end a norm if asked for, as there should be with
 * norms first. Paths are those of PyTorch's {@code TransformerEncoder}: {@code
 * layers.0.linear1.weight} and so on, {@code norm.weight}.
 */
public final class TransformerEncoder extends Module {
  private final List<TransformerEncoderLayer> layers = new ArrayList<>();
  private final LayerNorm norm;

  /**
   * A stack of layers, each with these sizes and choices.
   *
   * @throws IllegalArgumentException if there is no layer, or a rate or ε is out of range
   */
  public TransformerEncoder(TransformerSettings s, int depth, boolean finalNorm) {
    if (depth < 1) {
      throw new IllegalArgumentException("transformerEncoder: " + depth + " layers, 1 at least");
    }
    for (int i = 0; i < depth; i++) {
      layers.add(new TransformerEncoderLayer(s));
    }
    child("layers", new Sequential(layers.toArray(Module[]::new)));
    norm = finalNorm ? child("norm", s.norm()) : null;
  }

  /** The layers, in order. */
  public List<TransformerEncoderLayer> layers() {
    return List.copyOf(layers);
  }

  /** Each step attends to all steps: y of the shape of x [batch, steps, width]. */
  @Override
  public Var forward(Var x) {
    return forward(x, AttentionMask.NONE);
  }

  /** Each step attends to the steps that the mask shows, in every layer. */
  public Var forward(Var x, AttentionMask mask) {
    Var h = x;
    for (TransformerEncoderLayer layer : layers) {
      h = layer.forward(h, mask);
    }
    return norm == null ? h : norm.forward(h);
  }

  /** Empty caches, one per layer. */
  public List<KeyValueCache> caches(int batch, int capacity) {
    return layers.stream().map(layer -> layer.cache(batch, capacity)).toList();
  }

  /**
   * The next steps, in causal order after those in the caches: see {@link
   * MultiHeadAttention#forward(Var, KeyValueCache)}.
   *
   * @throws IllegalArgumentException if there is not a cache for each layer, or they do not hold
   *     equally many steps; all are as before then
   * @throws limbeck.engine.tensor.ShapeException if one of them is full, likewise
   */
  public Var forward(Var x, List<KeyValueCache> past) {
    KeyValueCache.requireReady("transformerEncoder", past, layers.size(), x.shape().axis(1));
    Var h = x;
    for (int i = 0; i < layers.size(); i++) {
      h = layers.get(i).forward(h, past.get(i));
    }
    return norm == null ? h : norm.forward(h);
  }
}
