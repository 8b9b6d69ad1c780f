package limbeck.nlp.data.generated;

import java.util.List;
import limbeck.nlp.data.TextExample;

/**
 * Two sentences about who did what to whom, when. They say the same if only words are exchanged for
 * others of their meaning, the passive stands for the active, or the time moves to the front;
 * something else if who and whom are exchanged, the deed or the time is another one, or it is
 * denied.
 */
final class Paraphrase {
  static final List<String> CLASSES = List.of("different", "same");

  static final List<List<String>> WHO =
      List.of(
          List.of("the doctor", "the physician"),
          List.of("the lawyer", "the attorney"),
          List.of("the boy", "the lad"),
          List.of("the teacher", "the instructor"),
          List.of("the policeman", "the officer"),
          List.of("the writer", "the author"),
          List.of("the boss", "the manager"),
          List.of("the sailor", "the seaman"));
  static final List<List<String>> DID =
      List.of(
          List.of("helped", "assisted"),
          List.of("praised", "commended"),
          List.of("phoned", "called"),
          List.of("visited", "saw"),
          List.of("hired", "employed"),
          List.of("followed", "trailed"),
          List.of("paid", "compensated"),
          List.of("blamed", "accused"));
  static final List<List<String>> WHEN =
      List.of(
          List.of("yesterday", "the day before"),
          List.of("last autumn", "last fall"),
          List.of("at noon", "at midday"),
          List.of("in the evening", "after dark"));

  /** What happened: indices of who, deed, whom and when; and whether it did. */
  record Event(int who, int did, int whom, int when, boolean so) {}

  private Paraphrase() {}

  static TextExample draw(Dice d) {
    boolean same = d.oneIn(2);
    Event event = event(d);
    Event other = same ? event : changed(event, d);
    return new TextExample(say(event, d), say(other, d), same ? 1 : 0);
  }

  static Event event(Dice d) {
    int who = d.below(WHO.size());
    int whom = (who + 1 + d.below(WHO.size() - 1)) % WHO.size();
    return new Event(who, d.below(DID.size()), whom, d.below(WHEN.size()), !d.oneIn(4));
  }

  private static Event changed(Event e, Dice d) {
    return switch (d.below(4)) {
      case 0, 1 -> new Event(e.whom, e.did, e.who, e.when, e.so);
      case 2 ->
          new Event(
              e.who, (e.did + 1 + d.below(DID.size() - 1)) % DID.size(), e.whom, e.when, e.so);
      default -> new Event(e.who, e.did, e.whom, e.when, !e.so);
    };
  }

  static String say(Event e, Dice d) {
    String who = d.of(WHO.get(e.who));
    String whom = d.of(WHO.get(e.whom));
    String did = d.of(DID.get(e.did));
    String when = d.of(WHEN.get(e.when));
    String denied = e.so ? "" : "never ";
    String fact =
        d.oneIn(2)
            ? who + " " + denied + did + " " + whom
            : whom + " was " + denied + (did.equals("saw") ? "seen" : did) + " by " + who;
    return d.oneIn(2) ? fact + " " + when + " ." : when + " , " + fact + " .";
  }
}
