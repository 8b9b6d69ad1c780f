package limbeck.kd.recipe;

import java.util.List;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.Split;
import limbeck.kd.data.Strata;

/**
 * What an experiment does with a training set: how much of it is held out, and on how much of the
 * rest networks are trained. The same for all seeds, which are compared on it.
 *
 * @param validation how many examples are held out; 0: none, and results are on the test set
 * @param split which ones: {@code last}, or {@code stratified}, of each class its share, drawn at
 *     random
 * @param subset how many of those that are left are trained on, of each class its share, the first
 *     ones; 0: all. What is held out does not depend on it, so that sizes can be compared
 * @param results what results are on where examples are held out: {@code validation}, those; or
 *     {@code test}, so that something can be chosen on the one and measured on the other
 * @param format what the folder with the data holds, by its word; empty: as its files tell
 */
public record DataSplit(int validation, String split, int subset, String results, String format) {
  /** All of the training set is trained on. */
  public static final DataSplit WHOLE = new DataSplit(0, "last", 0, "validation", "");

  /** What {@link #split} may be. */
  public static final List<String> SPLITS = List.of("last", "stratified");

  /** What {@link #results} may be. */
  public static final List<String> RESULTS = List.of("validation", "test");

  /** Of the draw: one for all runs, whatever their seeds. */
  private static final long SEED = 0;

  private static final String VALIDATION = "data.validation";
  private static final String SPLIT = "data.split";
  private static final String SUBSET = "data.subset";
  private static final String RESULTS_ON = "data.results";
  private static final String FORMAT = "data.format";

  /** Declares it as settings, with these values as defaults. */
  public void declare(Settings.Builder s) {
    s.whole(
        VALIDATION,
        validation,
        0,
        Integer.MAX_VALUE,
        "training examples held out from everything; if above 0, results are on them and the test"
            + " set is not read, unless data.results = test");
    s.choice(
        SPLIT,
        split,
        SPLITS,
        "which are held out: the last ones, or of each class its share, drawn at random");
    s.whole(
        SUBSET,
        subset,
        0,
        Integer.MAX_VALUE,
        "train on so many of the others, of each class its share, the first ones; 0: on all");
    s.choice(
        RESULTS_ON,
        results,
        RESULTS,
        "what results are on where examples are held out: those, or the test set, so that"
            + " something can be chosen on the one and measured on the other");
    if (!format.isEmpty()) {
      s.text(FORMAT, format, "what the folder with the data holds");
    }
  }

  /** As settings say; where a recipe does not declare one, as usual. */
  public static DataSplit of(Settings s) {
    return new DataSplit(
        s.has(VALIDATION) ? s.whole(VALIDATION) : 0,
        s.has(SPLIT) ? s.text(SPLIT) : WHOLE.split,
        s.has(SUBSET) ? s.whole(SUBSET) : 0,
        s.has(RESULTS_ON) ? s.text(RESULTS_ON) : WHOLE.results,
        s.has(FORMAT) ? s.text(FORMAT) : WHOLE.format);
  }

  /** Whether results are on the test set: if not, nobody is to read it. */
  public boolean readsTest() {
    return validation == 0 || results.equals("test");
  }

  /**
   * What is trained on.
   *
   * @throws RecipeException if too little is left
   */
  public Dataset shown(Dataset train) {
    requireSome(train);
    Dataset rest = validation == 0 ? train : split(train).train();
    if (subset > rest.size()) {
      throw new RecipeException(
          SUBSET + " = " + subset + ": there are only " + rest.size() + " examples to train on");
    }
    try {
      return subset == 0 ? rest : Strata.first(rest, subset);
    } catch (IllegalArgumentException e) {
      throw new RecipeException(SUBSET + " = " + subset + ": " + e.getMessage());
    }
  }

  /** What is held out; null if nothing is. */
  public Dataset heldOut(Dataset train) {
    return validation == 0 ? null : split(train).heldOut();
  }

  private void requireSome(Dataset train) {
    if (validation >= train.size()) {
      throw new RecipeException(
          VALIDATION
              + " = "
              + validation
              + ": the training set has only "
              + train.size()
              + " examples");
    }
  }

  private Split split(Dataset train) {
    return split.equals("stratified")
        ? Split.stratified(train, validation, SEED)
        : Split.last(train, validation);
  }

  /** In words, for reports, of data with classes: see {@link #describe(boolean, boolean)}. */
  public String describe(boolean choices) {
    return describe(choices, false);
  }

  /**
   * In words, for reports.
   *
   * @param choices whether something was chosen on what was held out
   * @param scored whether examples have scores, not classes
   */
  public String describe(boolean choices, boolean scored) {
    String share = scored ? "" : ", of each class its share";
    String which =
        split.equals("stratified")
            ? validation + " training examples" + share + ", drawn at random and"
            : "the last " + validation + " training examples,";
    String tested = "results are on the test set, read once, at the end; nothing was chosen on it";
    String on =
        !readsTest()
            ? "results are on "
                + which
                + (choices
                    ? " held out from training, but networks were chosen on them"
                    : " held out from everything")
                + "; the test set was not read"
            : validation == 0 ? tested : tested + ", but on " + which + " held out from training";
    return subset == 0
        ? on
        : on + "; networks were trained on " + subset + " examples" + share + ", the first ones";
  }
}
