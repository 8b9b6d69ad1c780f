package limbeck.nlp.augment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Normalize;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.text.Vocab;
import limbeck.nlp.text.WordVectors;

/**
 * Words that are used alike: those of a set whose vectors, learnt elsewhere, have the largest
 * cosine with a word's own.
 */
final class WordNeighbours implements WordSubstitution.Candidates {
  private static final int AT_ONCE = 128;

  private final Map<String, List<String>> neighbours = new HashMap<>();

  /**
   * The neighbours of all words that have a vector.
   *
   * @param words that a word may be replaced by, all different
   * @param file as {@link WordVectors#read}
   * @throws IOException if it cannot be read
   */
  WordNeighbours(Collection<String> words, Path file, int most) throws IOException {
    Vocab vocab = Vocab.of(List.copyOf(words));
    WordVectors found = WordVectors.read(file, vocab);
    OpContext context = new OpContext();
    Tensor directions =
        Module.infer(context, () -> Var.of(found.vectors()).apply(new Normalize())).own();
    for (int from = 0; from < vocab.size(); from += AT_ONCE) {
      int to = Math.min(from + AT_ONCE, vocab.size());
      Tensor some = directions.slice(from, to);
      Tensor cosines =
          Module.infer(
              context, () -> Var.of(some).apply(new MatMul(false, true), Var.of(directions)));
      for (int word = from; word < to; word++) {
        if (found.known().get(word)) {
          add(vocab, found, word, cosines, (word - from) * vocab.size(), most);
        }
      }
      context.workspace().reset();
    }
  }

  private void add(Vocab vocab, WordVectors found, int word, Tensor cosines, int from, int most) {
    List<Integer> likeliest =
        Likeliest.of(cosines, from, vocab.size(), most, i -> i != word && found.known().get(i));
    neighbours.put(vocab.token(word), likeliest.stream().map(vocab::token).toList());
  }

  @Override
  public List<String> of(List<String> words, int place) {
    return neighbours.getOrDefault(words.get(place), List.of());
  }
}
