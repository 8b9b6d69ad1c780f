package limbeck.kd.report;

import java.util.List;

/**
 * A figure of networks that say scores, as tables show it.
 *
 * @param key its name in records
 * @param name its name in tables
 * @param scale what it is multiplied by
 * @param places decimals
 */
public record ScoreFigure(String key, String name, double scale, int places) {
  /** All of them. */
  public static final List<ScoreFigure> ALL =
      List.of(
          new ScoreFigure("pearson", "Pearson × 100", 100, 2),
          new ScoreFigure("spearman", "Spearman × 100", 100, 2),
          new ScoreFigure("rmse", "RMSE", 1, 3));

  /** The figure of a network; NaN if it was not measured. */
  public double of(Row row) {
    return row.more().getOrDefault(key, Double.NaN);
  }

  /** A value as it is shown; {@link NumberFormats#MISSING} for NaN. */
  public String text(double value) {
    return Double.isFinite(value)
        ? NumberFormats.fixed(scale * value, places)
        : NumberFormats.MISSING;
  }
}
