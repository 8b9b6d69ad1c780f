package limbeck.nlp.data.generated;

import java.util.List;
import java.util.stream.IntStream;
import limbeck.nlp.data.TextExample;

/**
 * Sentences with quantifiers: "all", "some" or "no" of a kind do something, in general or in some
 * way. Whether one follows from another is not drawn but found out, by looking at every world there
 * can be: each of three kinds, one within the other, does any of three things, and there is at
 * least one of each kind.
 */
final class Entailment {
  static final List<String> CLASSES = List.of("entailment", "neutral", "contradiction");

  /** Kinds from the narrowest to the widest, of which each is within the next. */
  private static final List<List<String>> KINDS =
      List.of(
          List.of("poodles", "dogs", "animals"),
          List.of("kittens", "cats", "pets"),
          List.of("sparrows", "birds", "creatures"),
          List.of("violinists", "musicians", "artists"),
          List.of("toddlers", "children", "people"),
          List.of("roses", "flowers", "plants"));

  /** What they do, in some way and in general. */
  private static final List<List<String>> DEEDS =
      List.of(
          List.of("run quickly", "run"),
          List.of("sleep soundly", "sleep"),
          List.of("sing loudly", "sing"),
          List.of("move slowly", "move"),
          List.of("eat greedily", "eat"),
          List.of("wait patiently", "wait"));

  private static final List<String> QUANTIFIERS = List.of("all", "some", "no");

  /** What an atomic kind can be seen to do: nothing of it, it in another way, it in this way. */
  private static final int STATES = 3;

  private static final int SOME_STATES = (1 << STATES) - 1; // each set of them but the empty one

  /** A sentence: indices of quantifier, kind and deed. */
  private record Claim(int quantifier, int kind, int deed) {
    String text(List<String> kinds, List<String> deeds) {
      return QUANTIFIERS.get(quantifier) + " " + kinds.get(kind) + " " + deeds.get(deed) + " .";
    }

    /** Whether it is so where atomic kind i shows the states of {@code world[i]}, a set of bits. */
    boolean holds(int[] world) {
      boolean some = false;
      boolean all = true;
      for (int i = 0; i <= kind; i++) {
        for (int state = 0; state < STATES; state++) {
          if ((world[i] >> state & 1) == 1) {
            boolean does = deed == 0 ? state == 2 : state >= 1;
            some |= does;
            all &= does;
          }
        }
      }
      return quantifier == 0 ? all : (quantifier == 1) == some;
    }
  }

  /** Claims about a kind and a deed, by number. */
  private static final int CLAIMS = 18;

  /** For each premise, for each class the hypotheses that are of it. */
  private static final List<List<List<Integer>>> FITTING =
      IntStream.range(0, CLAIMS)
          .mapToObj(p -> IntStream.range(0, CLASSES.size()).mapToObj(c -> ofClass(p, c)).toList())
          .toList();

  private Entailment() {}

  /** Premise, hypothesis and class; all classes are equally likely. */
  static TextExample draw(Dice d) {
    List<String> kinds = d.of(KINDS);
    List<String> deeds = d.of(DEEDS);
    int label = d.below(CLASSES.size());
    int premise;
    List<Integer> fitting;
    do {
      premise = d.below(CLAIMS);
      fitting = FITTING.get(premise).get(label);
    } while (fitting.isEmpty());
    Claim hypothesis = claim(d.of(fitting));
    return new TextExample(claim(premise).text(kinds, deeds), hypothesis.text(kinds, deeds), label);
  }

  private static Claim claim(int number) {
    return new Claim(number % 3, number / 3 % 3, number / 9);
  }

  /** The hypotheses of a class for a premise. */
  private static List<Integer> ofClass(int premise, int label) {
    return IntStream.range(0, CLAIMS)
        .filter(i -> i != premise && relation(claim(premise), claim(i)) == label)
        .boxed()
        .toList();
  }

  /** 0 if the hypothesis holds wherever the premise does, 2 if nowhere, else 1. */
  private static int relation(Claim premise, Claim hypothesis) {
    boolean always = true;
    boolean never = true;
    for (int a = 1; a <= SOME_STATES; a++) {
      for (int b = 1; b <= SOME_STATES; b++) {
        for (int c = 1; c <= SOME_STATES; c++) {
          int[] world = {a, b, c};
          if (premise.holds(world)) {
            always &= hypothesis.holds(world);
            never &= !hypothesis.holds(world);
          }
        }
      }
    }
    return always ? 0 : never ? 2 : 1;
  }
}
