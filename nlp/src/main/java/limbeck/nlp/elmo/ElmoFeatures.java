package limbeck.nlp.elmo;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.ScalarMix;
import limbeck.engine.op.layout.MaskFill;

/**
 * The layers of a frozen language model as vectors of words: Σ of all layers, both directions side
 * by side, with weights that are learnt ({@link ScalarMix}). The language model itself never
 * changes, and nothing is dropped in it.
 */
public final class ElmoFeatures extends Module {
  private static final String ENCODER = "encoder";

  private final ElmoEncoder encoder;
  private final ScalarMix mix;

  /** Features of a model of these sizes. */
  public ElmoFeatures(ElmoConfig config) {
    encoder = child(ENCODER, new ElmoEncoder(config.dropout(0)));
    mix = child("mix", new ScalarMix(config.layers() + 1));
    freeze(path -> path.startsWith(ENCODER), true);
  }

  /** Numbers of a word's vector. */
  public int width() {
    return 2 * encoder.config().width();
  }

  /** The frozen language model. */
  public ElmoEncoder encoder() {
    return encoder;
  }

  /**
   * The layers of framed texts without their frames: vectors of words [batch, steps, width], then
   * of each layer both directions [batch, steps, 2·width], all zeros behind a text's end.
   *
   * @param tokens as {@link ElmoWords} writes them, I32 [batch, steps + 2] or [batch, steps + 2,
   *     letters]
   * @param lengths of the texts with their frames, I32 [batch]
   * @param real 0 where a step is behind a text's end, else any other number, I32 [batch, steps]
   */
  public List<Var> layers(Var tokens, Var lengths, Var real) {
    ElmoEncoder.States states = encoder.states(encoder.vectors(tokens), lengths);
    List<Var> layers = new ArrayList<>(List.of(inner(states.words(), real)));
    for (int i = 0; i < states.forward().size(); i++) {
      Var both = Var.concat(2, states.forward().get(i), states.backward().get(i));
      layers.add(inner(both, real));
    }
    return layers;
  }

  /** Masks count axes from the last, so the steps come last for a while. */
  private static Var inner(Var framed, Var real) {
    Var x = framed.slice(1, 1, -1).permute(2, 0, 1);
    return x.apply(new MaskFill(0), real).permute(1, 2, 0);
  }

  /** The mix of {@link #layers}, [batch, steps, 2·width]. */
  public Var mixed(List<Var> layers) {
    List<Var> all = new ArrayList<>(layers);
    all.set(0, Var.concat(2, layers.get(0), layers.get(0)));
    return mix.forward(all);
  }

  /** Nothing: texts have several input tensors. */
  @Override
  public Var forward(Var x) {
    throw new UnsupportedOperationException("texts have several input tensors");
  }
}
