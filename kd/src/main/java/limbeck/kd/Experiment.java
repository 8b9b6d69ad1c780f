package limbeck.kd;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.Expansions;
import limbeck.kd.data.ImageDataset;
import limbeck.kd.data.TensorDataset;
import limbeck.kd.metric.Measure;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.BiasCorrection;
import limbeck.kd.recipe.Chosen;
import limbeck.kd.recipe.DataSplit;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Settings;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Start;
import limbeck.kd.recipe.Term;
import limbeck.kd.vision.ImageShape;

/**
 * A recipe with its settings, its data and its seeds: all that determines the numbers of a run.
 *
 * @param recipe the recipe
 * @param settings checked settings
 * @param train what networks are trained on
 * @param validation held out from training, measured after every epoch; null if nothing is held out
 * @param evaluation what results are on: the test set, or the validation set if there is one and
 *     the recipe does not say otherwise
 * @param seeds one run of every arm each; results are paired by seed
 */
public record Experiment(
    Recipe recipe,
    Settings settings,
    Dataset train,
    Dataset validation,
    Dataset evaluation,
    List<Long> seeds) {

  /**
   * Splits data as the settings say, see {@link DataSplit}: if examples are held out, results are
   * on them, and no test set is needed, unless the settings say so.
   *
   * @param test null if it is not read
   * @throws RecipeException if the seeds are empty or repeat, or too little is left to train on
   */
  public static Experiment of(
      Recipe recipe, Settings settings, Dataset train, Dataset test, List<Long> seeds) {
    if (seeds.isEmpty() || seeds.stream().distinct().count() != seeds.size()) {
      throw new RecipeException(
          "seeds " + seeds + ": different whole numbers expected, such as 1,2,3");
    }
    DataSplit split = DataSplit.of(settings);
    Dataset shown = split.shown(train);
    Dataset held = split.heldOut(train);
    if (split.readsTest()) {
      requireAlike(train, test);
    }
    return new Experiment(recipe, settings, shown, held, split.readsTest() ? test : held, seeds);
  }

  private static void requireAlike(Dataset train, Dataset test) {
    if (train.scored() != test.scored()) {
      throw new RecipeException(
          "data: " + train.name() + " and " + test.name() + " differ: one has scores, one classes");
    }
    if (train.classes() != test.classes() || !train.form().equals(test.form())) {
      throw new RecipeException(
          "data: training and test set differ in classes or shape: "
              + train.classes()
              + " classes of "
              + train.form()
              + ", "
              + test.classes()
              + " of "
              + test.form());
    }
  }

  /**
   * The arms of this run, checked against each other and the data.
   *
   * @throws RecipeException if one does not fit the data, or there is nothing to train it on
   */
  public List<Arm> arms() {
    List<Arm> arms = recipe.arms(settings);
    for (Arm arm : arms) {
      if (train.scored()) {
        ScoresCheck.of(arm, train);
      }
      checkNetwork(arm);
      checkJitter(arm);
      checkAugment(arm);
      checkTransfer(arm);
      checkDerivation(arm);
      checkStart(arm, arms);
    }
    return arms;
  }

  /** What networks are judged by. */
  public Measure measure() {
    return Measure.of(train.scored());
  }

  private void checkDerivation(Arm arm) {
    if (arm.derivation() instanceof Chosen && validation == null) {
      throw new RecipeException(
          arm.id()
              + ": is chosen by its "
              + measure().noun()
              + " on validation data, of which there is none; hold out"
              + " examples with data.validation");
    }
    if (arm.derivation() instanceof BiasCorrection && arm.transfer().heldOut() == 0) {
      throw new RecipeException(
          arm.id()
              + ": its biases are corrected on training examples that it was not shown; heldOut"
              + " says how many");
    }
  }

  private void checkNetwork(Arm arm) {
    try {
      arm.network().build(train, arm.isTrained() ? arm.training() : null);
    } catch (IllegalArgumentException e) {
      throw new RecipeException(arm.id() + ": " + e.getMessage());
    }
  }

  private void checkStart(Arm arm, List<Arm> arms) {
    if (arm.start() == null) {
      return;
    }
    String of = arm.start().of();
    boolean fewer =
        !arm.start().layers().isEmpty(); // whether they fit is known when they are built
    if (arms.stream()
        .noneMatch(a -> a.id().equals(of) && (fewer || a.network().equals(arm.network())))) {
      throw new RecipeException(
          arm.id() + ": starts from \"" + of + "\", and there is no such network of its kind");
    }
    Start.Specialist s = arm.start().specialist();
    if (s != null && (s.classes() >= train.classes() || s.count() > train.classes())) {
      throw new RecipeException(
          String.format(
              Locale.ROOT,
              "%s: %d specialists for %d classes each, but the data have %d classes; fewer for each"
                  + " and no more specialists than that expected",
              arm.id(),
              s.count(),
              s.classes(),
              train.classes()));
    }
  }

  private void checkJitter(Arm arm) {
    int jitter =
        arm.stages().stream().mapToInt(t -> t.training().regularisation().jitter()).max().orElse(0);
    if (jitter > 0
        && train instanceof ImageDataset images
        && jitter >= Math.min(images.height(), images.width())) {
      throw new RecipeException(
          String.format(
              Locale.ROOT,
              "%s: jitter of up to %d pixels needs images larger than that; these are %d x %d",
              arm.id(),
              jitter,
              images.height(),
              images.width()));
    }
  }

  private void checkAugment(Arm arm) {
    boolean shifted =
        arm.stages().stream().anyMatch(t -> t.training().regularisation().jitter() > 0);
    boolean changed = shifted || !arm.augment().list().isEmpty();
    boolean mixed = arm.augment().mixup() != null;
    if (changed && !(train instanceof ImageDataset) || mixed && !(train instanceof TensorDataset)) {
      throw new RecipeException(
          arm.id()
              + ": "
              + (shifted ? "jitter" : "\"" + arm.augment() + "\"")
              + " is for images, but "
              + train.name()
              + " holds "
              + train.form());
    }
    if (!arm.augment().isNone() && train instanceof ImageDataset images) {
      try {
        arm.augment().on(0, ImageShape.of(images));
      } catch (IllegalArgumentException e) {
        throw new RecipeException(arm.id() + ": " + e.getMessage());
      }
    }
  }

  private void checkTransfer(Arm arm) {
    if (!arm.transfer().expand().isEmpty()) {
      checkExpansion(arm);
    }
    for (int c : arm.transfer().classes()) {
      if (c >= train.classes()) {
        throw new RecipeException(
            arm.id() + ": class " + c + " is not among the data's " + train.classes());
      }
    }
    if (arm.transfer().heldOut() >= train.size()) {
      throw new RecipeException(
          arm.id()
              + ": "
              + arm.transfer().heldOut()
              + " training examples are to be held out, but there are only "
              + train.size());
    }
    if (chosen(arm).size() == 0) { // before others are made of them, which may take long
      throw new RecipeException(
          arm.id() + ": no training example is of the classes " + arm.transfer().classes());
    }
  }

  private static void checkExpansion(Arm arm) {
    for (Stage stage : arm.stages()) {
      for (Term term : stage.terms()) {
        if (term.teacher() == null) {
          throw new RecipeException(
              arm.id()
                  + ": examples that are made by \""
                  + arm.transfer().expand()
                  + "\" have no labels; terms of a teacher alone expected, not "
                  + term.objective().name());
        }
      }
    }
    try {
      Expansions.of(arm.transfer().expand()).identity(); // reads what it is named by
    } catch (IllegalArgumentException e) {
      throw new RecipeException(arm.id() + ": " + e.getMessage());
    }
  }

  /**
   * Looks at everything that can be wrong before training: that the arms fit the data, that given
   * weights fit their networks, and that networks have the layers that methods ask for.
   *
   * @throws RecipeException if one does not, saying which and why
   * @throws IOException if given weights cannot be read, or are of another network
   */
  public void check() throws IOException {
    new PlanCheck(this).check();
  }

  /** The examples an arm is trained on: those it may see, or what is made of them. */
  public Dataset shown(Arm arm) {
    String expand = arm.transfer().expand();
    return expand.isEmpty() ? chosen(arm) : Expansions.of(expand).of(chosen(arm));
  }

  /** The training examples that an arm may see. */
  private Dataset chosen(Arm arm) {
    Dataset part =
        arm.transfer().heldOut() == 0
            ? train
            : train.slice(0, train.size() - arm.transfer().heldOut());
    return arm.transfer().classes().isEmpty()
        ? part
        : part.ofClasses(arm.transfer().classes().stream().mapToInt(Integer::intValue).toArray());
  }

  /** The training examples at the end that an arm was not shown. */
  public Dataset heldOut(Arm arm) {
    return train.slice(train.size() - arm.transfer().heldOut(), train.size());
  }
}
