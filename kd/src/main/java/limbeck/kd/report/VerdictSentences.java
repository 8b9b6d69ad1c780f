package limbeck.kd.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import limbeck.kd.metric.PairedInterval;
import limbeck.kd.metric.Verdict;

/**
 * Says a comparison in one sentence that carries its numbers, the same in every report.
 *
 * <p>"Fewer" and "more" say the direction; a claim names what it is against.
 */
public final class VerdictSentences {
  private final DataSummary data;
  private final UnaryOperator<String> phrases;

  /** Speaks of the comparisons of one report. */
  public VerdictSentences(RunReport report) {
    this(report.data(), arm -> report.arm(arm).phrase());
  }

  /**
   * Speaks of comparisons on some data.
   *
   * @param phrases noun phrases by the names that comparisons give their arms
   */
  VerdictSentences(DataSummary data, UnaryOperator<String> phrases) {
    this.data = data;
    this.phrases = phrases;
  }

  /** Returns the sentence of a comparison, with its full stop. */
  public String sentence(VerdictRecord c) {
    MetricWords words = MetricWords.of(c.metric(), data.part());
    String arm = phrases.apply(c.arm());
    String baseline = phrases.apply(c.baseline());
    String amount = amount(words, c);
    String evidence = intervalName(c) + " " + interval(words, c.low(), c.high());
    String asked = asked(words, c);
    String tail = " (" + evidence + "; " + seeds(c) + asked + ").";
    if (c.label() == Verdict.BEATS) {
      String start = Sentences.capital(arm) + " " + words.verb();
      return start + " " + amount + " than " + baseline + tail;
    }
    if (c.label() == Verdict.NO_BEATS) {
      String start = Sentences.capital(arm) + " does not beat " + baseline;
      return start + ": it " + words.verb() + " " + amount + tail;
    }
    String start = undecided(c) + " whether " + arm + " beats " + baseline;
    return start + ": " + amount + " on average, " + evidence + asked + ".";
  }

  /**
   * Returns how many seeds would settle an inconclusive comparison, as a sentence; empty where the
   * comparison is settled, is not over seeds, or no plan makes sense.
   */
  public String plan(VerdictRecord c) {
    if (c.label() != Verdict.INCONCLUSIVE || !c.overSeeds()) {
      return "";
    }
    OptionalInt n =
        PairedInterval.seedsToSettle(c.differences().size(), c.mean(), c.sd(), c.level());
    return n.isEmpty()
        ? ""
        : "If the spread stays the same, about "
            + NumberFormats.spelled(n.getAsInt())
            + " seeds would settle a difference of this size.";
  }

  /** Returns what the interval is over: three paired seeds; one seed, paired over examples. */
  public String seeds(VerdictRecord c) {
    return c.overSeeds()
        ? NumberFormats.plural(c.differences().size(), "paired seed")
        : "one seed, paired over "
            + NumberFormats.grouped(data.measured())
            + " "
            + data.part()
            + " examples";
  }

  private String undecided(VerdictRecord c) {
    return c.overSeeds()
        ? Sentences.capital(seeds(c)) + " do not settle"
        : Sentences.capital(seeds(c)) + ", does not settle";
  }

  private String amount(MetricWords words, VerdictRecord c) {
    if (c.mean() == 0) {
      return words.same() + " " + words.noun();
    }
    String size = words.size(c.mean(), places(words, c));
    return size + " " + words.direction(c.mean()) + " " + words.noun();
  }

  /** A mean of counts has a decimal, a count has none. */
  private static int places(MetricWords words, VerdictRecord c) {
    return c.metric().equals("errors") && !c.overSeeds() ? 0 : words.decimals();
  }

  private static String intervalName(VerdictRecord c) {
    BigDecimal percent = new BigDecimal(c.level()).movePointRight(2);
    BigDecimal shown = percent.setScale(1, RoundingMode.HALF_UP).stripTrailingZeros();
    return shown.toPlainString() + "\u202f% interval";
  }

  /** An interval of differences in words: 48.2 to 77.0 fewer. */
  static String interval(MetricWords words, double from, double to) {
    int places = words.decimals();
    String low = words.size(from, places);
    String high = words.size(to, places);
    if (to < 0) {
      return words.number(to, places) + " to " + low + " " + words.less();
    }
    if (from > 0) {
      return words.number(from, places) + " to " + high + " " + words.more();
    }
    return "from " + low + " " + words.less() + " to " + high + " " + words.more();
  }

  private static String asked(MetricWords words, VerdictRecord c) {
    if (c.minimumGain() == 0) {
      return "";
    }
    return "; a gain of " + words.size(c.minimumGain(), places(words, c)) + " was asked for";
  }
}
