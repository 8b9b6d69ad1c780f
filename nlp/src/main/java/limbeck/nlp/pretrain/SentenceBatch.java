package limbeck.nlp.pretrain;

import java.util.HashMap;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.elmo.ElmoEncoder;
import limbeck.nlp.elmo.ElmoWords;
import limbeck.nlp.text.Vocab;
import limbeck.nlp.text.WordTokenizer;

/**
 * Framed sentences and what is to be guessed: behind every word but the last the next one, before
 * every word but the first the previous one. A word that comes several times is spelled once.
 *
 * @param spelled numbers of words [batch, steps], or the different words' spelling [words, letters]
 * @param which of the spelled words stands where, [batch, steps]; null where words are numbers
 * @param lengths of the sentences, with their frames, [batch]
 * @param next places whose next word is guessed, batch · steps + step
 * @param previous places whose previous word is guessed, as many
 * @param labels the words to guess: first the next ones
 */
record SentenceBatch(
    Tensor spelled, Tensor which, Tensor lengths, Tensor next, Tensor previous, Tensor labels) {
  /**
   * A batch.
   *
   * @param sentences numbers of words in the lexicon
   * @param words how the model reads words; its vocabulary begins the lexicon
   */
  static SentenceBatch of(int[][] sentences, Vocab lexicon, ElmoWords words) {
    return new Maker(sentences, lexicon, words).make();
  }

  /** How many guesses there are, in both directions. */
  int guesses() {
    return labels.size();
  }

  /** How many words there are, without frames. */
  int words() {
    return next.size() - lengths.size();
  }

  /** The states of an encoder's layers. */
  ElmoEncoder.States states(ElmoEncoder encoder) {
    Var x = encoder.vectors(Var.of(spelled));
    return encoder.states(
        which == null ? x : x.apply(new Gather(0), Var.of(which)), Var.of(lengths));
  }

  private static final class Maker {
    private final Vocab lexicon;
    private final ElmoWords words;
    private final int[][] framed;
    private final int steps;

    Maker(int[][] sentences, Vocab lexicon, ElmoWords words) {
      this.lexicon = lexicon;
      this.words = words;
      framed = new int[sentences.length][];
      int most = 0;
      for (int b = 0; b < framed.length; b++) {
        int n = sentences[b].length;
        framed[b] = new int[n + ElmoWords.FRAME];
        framed[b][0] = words.vocab().require(ElmoWords.BEGIN);
        System.arraycopy(sentences[b], 0, framed[b], 1, n);
        framed[b][n + 1] = words.vocab().require(ElmoWords.END);
        most = Math.max(most, n + ElmoWords.FRAME);
      }
      steps = most;
    }

    SentenceBatch make() {
      int guesses = 0;
      int[] lengths = new int[framed.length];
      for (int b = 0; b < framed.length; b++) {
        lengths[b] = framed[b].length;
        guesses += lengths[b] - 1;
      }
      int[] next = new int[guesses];
      int[] previous = new int[guesses];
      int[] labels = new int[2 * guesses];
      int at = 0;
      for (int b = 0; b < framed.length; b++) {
        for (int t = 0; t + 1 < lengths[b]; t++, at++) {
          next[at] = b * steps + t;
          labels[at] = guessed(framed[b][t + 1]);
          previous[at] = b * steps + t + 1;
          labels[guesses + at] = guessed(framed[b][t]);
        }
      }
      boolean numbers = words.letters() == 0;
      Map<Integer, Integer> different = new HashMap<>();
      Tensor which = numbers ? numbers() : which(different);
      return new SentenceBatch(
          numbers ? which : spelled(different),
          numbers ? null : which,
          ints(lengths),
          ints(next),
          ints(previous),
          ints(labels));
    }

    private static Tensor ints(int[] values) {
      return Tensor.view(values, 0, Shape.of(values.length));
    }

    private int guessed(int word) {
      return word < words.vocab().size() ? word : words.vocab().require(WordTokenizer.UNKNOWN);
    }

    private Tensor numbers() {
      int[] ids = new int[framed.length * steps];
      for (int b = 0; b < framed.length; b++) {
        for (int t = 0; t < framed[b].length; t++) {
          ids[b * steps + t] = guessed(framed[b][t]);
        }
      }
      return Tensor.view(ids, 0, Shape.of(framed.length, steps));
    }

    /** Numbers the words as they come. */
    private Tensor which(Map<Integer, Integer> different) {
      int[] which = new int[framed.length * steps];
      for (int b = 0; b < framed.length; b++) {
        for (int t = 0; t < framed[b].length; t++) {
          Integer known = different.putIfAbsent(framed[b][t], different.size());
          which[b * steps + t] = known == null ? different.size() - 1 : known;
        }
      }
      return Tensor.view(which, 0, Shape.of(framed.length, steps));
    }

    private Tensor spelled(Map<Integer, Integer> different) {
      int letters = words.letters();
      int[] all = new int[different.size() * letters];
      different.forEach((word, number) -> words.spell(lexicon.token(word), all, number * letters));
      return Tensor.view(all, 0, Shape.of(different.size(), letters));
    }
  }
}
