package limbeck.kd.recipe.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Cohort;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Settings;
import limbeck.kd.recipe.Study;
import limbeck.kd.recipe.Sweep;
import limbeck.kd.recipe.Training;

/**
 * A recipe declared in TOML: networks with their training, stages and terms, and what is compared.
 * Every value of the file is a setting that can be changed when it is run.
 *
 * <pre>{@code
 * name = "kd"
 * summary = "A small network learns from a larger one."
 * paper = "Hinton, Vinyals, Dean 2015 (arXiv 1503.02531)"
 *
 * [defaults]
 * epochs = 10
 *
 * [networks.teacher]
 * network = "mlp:784-400-400-10"
 *
 * [networks.student]
 * network = "mlp:784-30-30-10"
 *
 * [networks.distilled]
 * like = "student"
 * terms = [
 *   { method = "SoftTargets", teacher = "teacher", temperature = 4, weight = 0.9 },
 *   { method = "HardLabels", weight = 0.1 },
 * ]
 *
 * [[comparisons]]
 * arm = "distilled"
 * baseline = "student"
 * claim = "Distillation helps this student"
 * }</pre>
 *
 * <p>Networks can be there once for each of several values ({@link SweepReader}).
 */
public final class RecipeFile implements Recipe {
  private static final int MOST_BYTES = 1 << 20;

  private final Path folder;
  private final TreeSettings tree;
  private final Map<String, Set<String>> asked;
  private final String name;
  private final String summary;
  private final String paper;

  /** What the tables of a document say. */
  private record Plan(
      List<Arm> arms, List<Comparison> comparisons, List<Sweep> sweeps, Study study) {}

  private RecipeFile(TomlTree source, Path folder) {
    this.folder = folder;
    TomlTree all = SweepExpansion.of(source);
    this.asked = all.asked();
    Fields f = all.fields();
    this.tree = new TreeSettings(source, DataReader.read(f));
    name = f.text("name", null);
    summary = f.text("summary", null);
    paper = f.text("paper", "none");
    plan(f);
    f.done();
    if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw f.wrong("name", "lower-case letters, digits and hyphens expected, 40 at most");
    }
  }

  /**
   * Reads a recipe.
   *
   * @param name what errors call it
   * @param folder that files named in it are relative to
   * @throws RecipeException if it says something that makes no sense, naming the line and the key
   */
  public static RecipeFile of(String name, String text, Path folder) {
    return new RecipeFile(TomlTree.parse(name, text), folder);
  }

  /**
   * Reads a recipe's file.
   *
   * @throws IOException if it cannot be read
   * @throws RecipeException as {@link #of}
   */
  public static RecipeFile read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new RecipeException(file + ": is larger than a megabyte, so no recipe");
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return of(file.toString(), text, file.toAbsolutePath().getParent());
  }

  /** Keys that were looked for when the file was read, by the path of their table. */
  Map<String, Set<String>> asked() {
    return asked;
  }

  private Plan plan(Settings s) {
    return plan(SweepExpansion.of(tree.changed(s)).fields());
  }

  private Plan plan(Fields f) {
    DataReader.read(f);
    List<Arm> arms = arms(f);
    TeacherOrder.check(f, arms);
    List<Sweep> sweeps = SweepReader.read(f);
    sweeps.forEach(s -> checkArms(f, s, arms));
    Study study = StudyReader.read(f, arms.stream().map(Arm::id).toList());
    return new Plan(TeacherOrder.sorted(arms), comparisons(f, arms), sweeps, study);
  }

  /** A value has one arm of a network, which copies of a network would not be. */
  private static void checkArms(Fields f, Sweep sweep, List<Arm> arms) {
    List<String> ids = arms.stream().map(Arm::id).toList();
    for (String network : sweep.networks()) {
      for (String id : sweep.arms(network)) {
        if (!ids.contains(id)) {
          throw f.table("networks")
              .wrong(id, "a network of a sweep has one arm for each value, and no copies");
        }
      }
    }
  }

  private List<Arm> arms(Fields f) {
    Fields defaults = f.table("defaults");
    Training standard = TrainingReader.read(defaults, TrainingReader.STANDARD);
    defaults.done();
    Map<String, Cohort> cohorts = CohortReader.read(f);
    return new NetworkReader(standard, folder, cohorts).read(f.table("networks"));
  }

  private static List<Comparison> comparisons(Fields f, List<Arm> arms) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Fields c : f.tables("comparisons")) {
      comparisons.add(comparison(c, arms));
      c.done();
    }
    if (comparisons.isEmpty()) {
      throw f.wrong("at least one of [[comparisons]] expected: what is the run to tell?");
    }
    return List.copyOf(comparisons);
  }

  private static Comparison comparison(Fields c, List<Arm> arms) {
    List<String> ids = arms.stream().map(Arm::id).toList();
    String arm = c.word("arm", null, ids);
    String baseline = c.word("baseline", null, ids);
    if (arm.equals(baseline)) {
      throw c.wrong("baseline", "another network than " + arm + " expected");
    }
    return new Comparison(arm, baseline, c.text("claim", arm + " is better than " + baseline));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public String paper() {
    return paper;
  }

  @Override
  public Settings defaults() {
    return tree.settings();
  }

  @Override
  public List<Arm> arms(Settings s) {
    return plan(s).arms();
  }

  @Override
  public List<Comparison> comparisons(Settings s) {
    return plan(s).comparisons();
  }

  @Override
  public List<Sweep> sweeps(Settings s) {
    return plan(s).sweeps();
  }

  @Override
  public Study study(Settings s) {
    return plan(s).study();
  }
}
