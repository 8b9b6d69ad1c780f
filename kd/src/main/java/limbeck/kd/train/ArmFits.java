package limbeck.kd.train;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.CachedTeacher;
import limbeck.kd.Experiment;
import limbeck.kd.Network;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.HalfSpecial;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Start;
import limbeck.kd.specialist.ConfusedClasses;
import limbeck.kd.specialist.SpecialClasses;

/** Trainings of an experiment's arms at their start. */
final class ArmFits {
  private final Experiment experiment;
  private final ArmNetworks networks;
  private final ArmTeachers teachers;
  private final Map<String, Trained> results;

  /**
   * Trainings of arms.
   *
   * @param results by {@link Trainer#name}; looked at when a training is wanted
   */
  ArmFits(ArmNetworks networks, ArmTeachers teachers, Map<String, Trained> results) {
    this.experiment = networks.experiment();
    this.networks = networks;
    this.teachers = teachers;
    this.results = results;
  }

  /** The training of an arm that learns by itself. */
  Fit of(Arm arm, long seed, Crew crew) throws IOException {
    if (arm.start() != null && arm.start().specialist() != null) {
      return specialist(arm, seed, crew);
    }
    return of(arm, seed, teachers.of(arm, seed, experiment.shown(arm), crew));
  }

  /** The training of an arm that is no specialist. */
  Fit of(Arm arm, long seed, TeacherSet taught) {
    Dataset data = experiment.shown(arm);
    return new Fit(
        arm, seed, experiment.train(), data, experiment.validation(), taught, start(arm, seed));
  }

  private FitStart start(Arm arm, long seed) {
    if (arm.start() == null) {
      Dataset train = experiment.train();
      return train.scored() ? new MeanScoreStart(train) : FitStart.DRAWN;
    }
    Map<String, Tensor> weights = begun(arm, seed).network().state();
    return new FitStart() {
      @Override
      public void begin(Network network) {
        if (arm.start().layers().isEmpty()) {
          network.load(weights);
        } else {
          network.loadLayers(weights, arm.start().layers());
        }
      }
    };
  }

  private Trained begun(Arm arm, long seed) {
    return results.get(Trainer.name(arm.start().of(), seed));
  }

  private Fit specialist(Arm arm, long seed, Crew crew) throws IOException {
    SpecialClasses classes =
        sets(arm.start(), seed, crew).get(arm.start().specialist().number() - 1);
    Dataset shown = experiment.shown(arm);
    SpecialistStart start =
        new SpecialistStart(
            networks.frozen(begun(arm, seed)),
            classes,
            order(arm, seed, shown, classes),
            networks.of(arm));
    Dataset held = experiment.validation();
    return new Fit(
        arm,
        seed,
        grouped(experiment.train(), classes),
        grouped(shown, classes),
        held == null ? null : grouped(held, classes),
        new TeacherSet(),
        start);
  }

  private static HalfSpecial order(Arm arm, long seed, Dataset data, SpecialClasses classes) {
    try {
      return HalfSpecial.of(seed, data, classes.special());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          arm.id() + ", classes " + classes.special() + ": " + e.getMessage(), e);
    }
  }

  private static Dataset grouped(Dataset data, SpecialClasses classes) {
    return data.grouped(classes.names(data.classNames()), classes.outputsOfClasses());
  }

  /**
   * The classes of the specialists that start from a network: a function of its weights, the
   * examples it was trained on, and the seed.
   */
  List<SpecialClasses> sets(Start start, long seed, Crew crew) throws IOException {
    Trained generalist = results.get(Trainer.name(start.of(), seed));
    CachedTeacher said = teachers.logits(generalist, experiment.shown(generalist.arm()), crew);
    Start.Specialist which = start.specialist();
    return ConfusedClasses.of(
        said.all().floats(), said.classes(), which.count(), which.classes(), seed);
  }
}
