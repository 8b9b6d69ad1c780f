package limbeck.nlp.elmo;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Dropout;
import limbeck.autograd.module.Embedding;
import limbeck.autograd.module.ProjectedLstm;

/**
 * A language model in both directions without its guesses: vectors of words, and of each direction
 * layers of LSTM with projected states, from the second on with what they read added to what they
 * say. Peters et al. 2018, arXiv:1802.05365, section 3.4.
 */
public final class ElmoEncoder extends Module {
  private static final double DEVIATION = 0.1;

  private final ElmoConfig config;
  private final Module words;
  private final List<ProjectedLstm> forward;
  private final List<ProjectedLstm> backward;
  private final List<Dropout> forwardDropout = new ArrayList<>();
  private final List<Dropout> backwardDropout = new ArrayList<>();

  /** An encoder without values. */
  public ElmoEncoder(ElmoConfig config) {
    this.config = config;
    words =
        child(
            "words",
            config.characters()
                ? new CharacterEncoder(config)
                : new Embedding(config.vocabulary(), config.width(), 0, Init.normal(DEVIATION)));
    forward = direction("forward", false, forwardDropout);
    backward = direction("backward", true, backwardDropout);
  }

  private List<ProjectedLstm> direction(String name, boolean reverse, List<Dropout> dropouts) {
    int width = config.width();
    List<ProjectedLstm> layers = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      dropouts.add(child(name + "Dropout" + i, new Dropout(config.dropout())));
      layers.add(
          child(
              name + i, new ProjectedLstm(width, config.hidden(), width, reverse, config.clip())));
    }
    return layers;
  }

  /** Its sizes. */
  public ElmoConfig config() {
    return config;
  }

  /**
   * What the layers say of each step, [batch, steps, width] each.
   *
   * @param words vectors of words
   * @param forward states of the layers that read on, the lowest first; zeros behind a text's end
   * @param backward states of the layers that read back
   */
  public record States(Var words, List<Var> forward, List<Var> backward) {
    /** Keeps the lists unmodifiable. */
    public States {
      forward = List.copyOf(forward);
      backward = List.copyOf(backward);
    }

    /**
     * The layers with both directions side by side, [batch, steps, 2·width], the words' vectors
     * twice.
     */
    public List<Var> layers() {
      List<Var> layers = new ArrayList<>(List.of(Var.concat(2, words, words)));
      for (int i = 0; i < forward.size(); i++) {
        layers.add(Var.concat(2, forward.get(i), backward.get(i)));
      }
      return layers;
    }
  }

  /**
   * Vectors of words.
   *
   * @param tokens I32, numbers of words [...], or spelled words [..., letters]
   */
  public Var vectors(Var tokens) {
    return words.forward(tokens);
  }

  /**
   * The states of all layers.
   *
   * @param x vectors of words [batch, steps, width]
   * @param lengths I32 [batch]
   */
  public States states(Var x, Var lengths) {
    return new States(
        x, run(forward, forwardDropout, x, lengths), run(backward, backwardDropout, x, lengths));
  }

  private static List<Var> run(
      List<ProjectedLstm> layers, List<Dropout> dropouts, Var x, Var lengths) {
    List<Var> states = new ArrayList<>();
    Var below = x;
    for (int i = 0; i < layers.size(); i++) {
      Var y = layers.get(i).forward(dropouts.get(i).forward(below), lengths);
      below = i == 0 ? y : y.plus(below);
      states.add(below);
    }
    return states;
  }

  /** Nothing: sequences have lengths. */
  @Override
  public Var forward(Var x) {
    throw new UnsupportedOperationException("sequences have lengths");
  }
}
