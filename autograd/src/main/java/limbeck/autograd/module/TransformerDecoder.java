package limbeck.autograd.module;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;

/**
 * Decoder layers one after another, and at the end a norm if asked for, as there should be with
 * norms first. Paths are those of PyTorch's {@code TransformerDecoder}: {@code
 * layers.0.linear1.weight} and so on, {@code norm.weight}.
 */
public final class TransformerDecoder extends Module {
  private final List<TransformerDecoderLayer> layers = new ArrayList<>();
  private final LayerNorm norm;

  /**
   * A stack of layers, each with these sizes and choices.
   *
   * @throws IllegalArgumentException if there is no layer, or a rate or ε is out of range
   */
  public TransformerDecoder(TransformerSettings s, int depth, boolean finalNorm) {
    if (depth < 1) {
      throw new IllegalArgumentException("transformerDecoder: " + depth + " layers, 1 at least");
    }
    for (int i = 0; i < depth; i++) {
      layers.add(new TransformerDecoderLayer(s));
    }
    child("layers", new Sequential(layers.toArray(Module[]::new)));
    norm = finalNorm ? child("norm", s.norm()) : null;
  }

  /** The layers, in order. */
  public List<TransformerDecoderLayer> layers() {
    return List.copyOf(layers);
  }

  /**
   * Refuses: decoder layers need a memory.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Var forward(Var x) {
    return layers.get(0).forward(x);
  }

  /** Each step of x [batch, steps, width] attends to those up to it, and to all of the memory. */
  public Var forward(Var x, Var memory) {
    return forward(x, AttentionMask.CAUSAL, memory, AttentionMask.NONE);
  }

  /** Each step attends to the steps, and to the memory's, that the masks show, in every layer. */
  public Var forward(Var x, AttentionMask mask, Var memory, AttentionMask memoryMask) {
    Var h = x;
    for (TransformerDecoderLayer layer : layers) {
      h = layer.forward(h, mask, memory, memoryMask);
    }
    return norm == null ? h : norm.forward(h);
  }

  /** Caches for decoding against a memory: see {@link TransformerDecoderLayer#cache}. */
  public List<DecoderCache> caches(Var memory, AttentionMask memoryMask, int capacity) {
    return layers.stream().map(layer -> layer.cache(memory, memoryMask, capacity)).toList();
  }

  /**
   * The next steps, in causal order after those in the caches.
   *
   * @throws IllegalArgumentException if there is not a cache for each layer, or they do not hold
   *     equally many steps; all are as before then
   * @throws limbeck.engine.tensor.ShapeException if one of them is full, likewise
   * @throws IllegalStateException if a cache does not hold all of the memory, likewise
   */
  public Var forward(Var x, List<DecoderCache> caches) {
    List<KeyValueCache> past = caches.stream().map(DecoderCache::past).toList();
    KeyValueCache.requireReady("transformerDecoder", past, layers.size(), x.shape().axis(1));
    caches.forEach(cache -> cache.memory().requireFull());
    Var h = x;
    for (int i = 0; i < layers.size(); i++) {
      h = layers.get(i).forward(h, caches.get(i));
    }
    return norm == null ? h : norm.forward(h);
  }
}
