package limbeck.nlp.data.generated;

import java.util.List;
import limbeck.nlp.data.TextExample;

/**
 * Opinions about a film. A clause is for or against it, by an adjective or a verb, each possibly
 * negated; of two clauses the speaker's last word counts: behind "but", and not behind "although".
 * So it takes more than counting words: which stands where, and what is negated.
 */
final class Sentiment {
  static final List<String> CLASSES = List.of("negative", "positive");

  private static final List<String> THINGS =
      List.of(
          "the film",
          "the movie",
          "the plot",
          "the acting",
          "the script",
          "the ending",
          "the cast",
          "the music",
          "the story",
          "the dialogue",
          "the pacing",
          "the humor");
  private static final List<String> GOOD =
      List.of(
          "good",
          "great",
          "charming",
          "clever",
          "moving",
          "funny",
          "brilliant",
          "fresh",
          "warm",
          "gripping",
          "delightful",
          "honest",
          "smart",
          "lovely",
          "superb",
          "touching");
  private static final List<String> BAD =
      List.of(
          "bad",
          "dull",
          "boring",
          "awful",
          "clumsy",
          "bland",
          "tedious",
          "stale",
          "cold",
          "silly",
          "messy",
          "weak",
          "shallow",
          "painful",
          "lifeless",
          "forgettable");
  private static final List<String> DEGREES = List.of("", "very ", "truly ", "rather ", "quite ");
  private static final List<String> IS = List.of("is", "was", "seems", "feels");
  private static final List<String> IS_NOT =
      List.of("is not", "was never", "is hardly", "was anything but");
  private static final List<String> LIKES = List.of("loved", "enjoyed", "admired", "liked");
  private static final List<String> HATES = List.of("hated", "disliked", "regretted", "despised");
  private static final List<String> OTHERS =
      List.of("my friend", "the critic", "everyone else", "my sister");

  private Sentiment() {}

  static TextExample draw(Dice d) {
    boolean positive = d.oneIn(2);
    return new TextExample(text(d, positive), null, positive ? 1 : 0);
  }

  private static String text(Dice d, boolean positive) {
    return switch (d.below(6)) {
      case 0, 1 -> clause(d, positive) + " .";
      case 2 -> clause(d, !positive) + " , but " + clause(d, positive) + " .";
      case 3 -> "although " + clause(d, !positive) + " , " + clause(d, positive) + " .";
      case 4 -> clause(d, positive) + " , although " + clause(d, !positive) + " .";
      default -> others(d, !positive) + " , but " + mine(d, positive) + " .";
    };
  }

  private static String clause(Dice d, boolean positive) {
    return d.oneIn(4) ? mine(d, positive) : adjective(d, positive);
  }

  private static String adjective(Dice d, boolean positive) {
    boolean negated = d.oneIn(3);
    List<String> words = positive != negated ? GOOD : BAD;
    String verb = d.of(negated ? IS_NOT : IS);
    return d.of(THINGS) + " " + verb + " " + d.of(DEGREES) + d.of(words);
  }

  private static String mine(Dice d, boolean positive) {
    if (d.oneIn(3)) {
      return "i never " + d.of(positive ? HATES : LIKES) + " " + d.of(THINGS);
    }
    return "i " + d.of(positive ? LIKES : HATES) + " " + d.of(THINGS);
  }

  private static String others(Dice d, boolean positive) {
    return d.of(OTHERS) + " " + d.of(positive ? LIKES : HATES) + " " + d.of(THINGS);
  }
}
