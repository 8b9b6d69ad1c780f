package limbeck.nlp.data.generated;

import limbeck.nlp.data.TextExample;
import limbeck.nlp.data.generated.Paraphrase.Event;

/**
 * How alike two of {@link Paraphrase}'s sentences are in meaning, a score from 0 to 5: how many of
 * who, deed, whom, time and denial are the same in both. Other words for the same, and another
 * order, cost nothing. All scores are equally likely.
 */
final class Similarity {
  private static final int PARTS = 5;

  private Similarity() {}

  static TextExample draw(Dice d) {
    Event event = Paraphrase.event(d);
    int score = d.below(PARTS + 1);
    Event other = changed(event, PARTS - score, d);
    return new TextExample(Paraphrase.say(event, d), Paraphrase.say(other, d), score);
  }

  /** Another event, so many of whose parts are others. */
  private static Event changed(Event e, int parts, Dice d) {
    boolean[] change = new boolean[PARTS];
    int left = parts;
    for (int i = 0; i < PARTS; i++) {
      change[i] = d.below(PARTS - i) < left;
      left -= change[i] ? 1 : 0;
    }
    int people = Paraphrase.WHO.size();
    int whom = change[0] ? other(people, e.whom(), change[1] ? -1 : e.who(), d) : e.whom();
    return new Event(
        change[1] ? other(people, e.who(), whom, d) : e.who(),
        change[2] ? other(Paraphrase.DID.size(), e.did(), -1, d) : e.did(),
        whom,
        change[3] ? other(Paraphrase.WHEN.size(), e.when(), -1, d) : e.when(),
        e.so() != change[4]);
  }

  /** A number below a bound that is neither of two; −1 is none. */
  private static int other(int bound, int not, int norThis, Dice d) {
    int low = Math.min(not, norThis);
    int high = Math.max(not, norThis);
    boolean two = low >= 0 && low != high;
    int drawn = d.below(bound - (two ? 2 : 1));
    drawn += two && drawn >= low ? 1 : 0;
    return drawn >= high ? drawn + 1 : drawn;
  }
}
