package limbeck.nlp.elmo;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Embedding;
import limbeck.autograd.module.Highway;
import limbeck.autograd.module.Linear;
import limbeck.engine.op.Relu;
import limbeck.engine.op.reduce.Max;

/**
 * Vectors of words from their spelling: convolutions over the vectors of symbols, rectified, of
 * each filter the largest value, highway layers, and a projection. Kim, Jernite, Sontag and Rush
 * 2016, arXiv:1508.06615, as Peters et al. 2018 have it. Symbols that fill a word up count as
 * symbols, so that a word's vector is a function of its spelling alone.
 */
final class CharacterEncoder extends Module {
  private final int letters;
  private final Embedding symbols;
  private final List<Linear> windows = new ArrayList<>();
  private final List<Highway> highways = new ArrayList<>();
  private final Linear projection;

  CharacterEncoder(ElmoConfig config) {
    letters = config.letters();
    symbols =
        child(
            "symbols", new Embedding(Spelling.SYMBOLS, config.letterWidth(), -1, Init.uniform(1)));
    int filters = 0;
    for (int size = 1; size <= config.filters().size(); size++) {
      int out = config.filters().get(size - 1);
      windows.add(child("window" + size, new Linear(size * config.letterWidth(), out)));
      filters += out;
    }
    for (int i = 0; i < config.highways(); i++) {
      highways.add(child("highway" + i, new Highway(filters)));
    }
    projection = child("projection", new Linear(filters, config.width()));
  }

  /** Vectors [..., width] of spelled words, I32 [..., letters]. */
  @Override
  public Var forward(Var spelled) {
    Var x = symbols.forward(spelled);
    List<Var> largest = new ArrayList<>();
    for (int size = 1; size <= windows.size(); size++) {
      Var y = windows.get(size - 1).forward(neighbours(x, size)).apply(new Relu());
      largest.add(y.apply(new Max(-2)));
    }
    Var all = Var.concat(-1, largest.toArray(Var[]::new));
    for (Highway highway : highways) {
      all = highway.forward(all);
    }
    return projection.forward(all);
  }

  /** Of each window of so many symbols their vectors side by side. */
  private Var neighbours(Var x, int size) {
    if (size == 1) {
      return x;
    }
    Var[] shifted = new Var[size];
    for (int i = 0; i < size; i++) {
      shifted[i] = x.slice(-2, i, letters - size + 1 + i);
    }
    return Var.concat(-1, shifted);
  }
}
