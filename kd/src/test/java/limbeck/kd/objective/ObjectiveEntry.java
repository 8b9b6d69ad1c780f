package limbeck.kd.objective;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import limbeck.autograd.Module;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Objective;
import limbeck.kd.Progress;
import limbeck.kd.TapShapes;

/**
 * An objective with settings, and what holds of it: an entry of the catalogue. Every property of
 * {@link Property} is expected of every objective, but for exceptions, each with its reason; and
 * where the loss is smallest must be said.
 */
final class ObjectiveEntry {
  /** What {@link ObjectiveCatalogueTest} checks. */
  enum Property {
    /** The order of examples in a batch does not matter, and gradients follow them. */
    EXAMPLE_ORDER,
    /** The order of classes does not matter, and gradients follow them. */
    CLASS_ORDER,
    /** A batch that holds each example twice has the same loss. */
    BATCH_MEAN,
    /** The gradients of what is learned are the derivatives of the loss. */
    LEARNED_DERIVATIVES,
  }

  /**
   * An activation.
   *
   * @param shape of one example
   * @param perClass whether it has one number for each class, as logits have
   */
  record Tap(String name, Shape shape, boolean perClass) {}

  private final String name;
  private final Objective objective;
  private final List<Tap> student = new ArrayList<>();
  private final List<Tap> teacher = new ArrayList<>();
  private final Map<String, String> targets = new LinkedHashMap<>();
  private final Map<Property, String> exceptions = new EnumMap<>(Property.class);
  private int teachers;
  private Progress progress = new Progress(3, 4, 10, 41);
  private UnaryOperator<ObjectiveCase> best;
  private ToDoubleFunction<ObjectiveCase> least;
  private String noMinimum;

  private ObjectiveEntry(String settings, Objective objective) {
    String type = objective.getClass().getSimpleName();
    this.name = settings.isEmpty() ? type : type + ", " + settings;
    this.objective = objective;
    this.teachers = objective.asksTeacher() ? 1 : 0;
  }

  /**
   * An entry.
   *
   * @param settings in words, to tell entries of one objective apart; empty if there is one
   */
  static ObjectiveEntry of(String settings, Objective objective) {
    return new ObjectiveEntry(settings, objective);
  }

  /** An activation of the student that the objective asks for. */
  ObjectiveEntry studentFeature(String tap, int... shape) {
    student.add(new Tap(tap, Shape.of(shape), false));
    return this;
  }

  /** An activation of the student with one number for each class. */
  ObjectiveEntry studentLogits(String tap) {
    student.add(new Tap(tap, null, true));
    return this;
  }

  /** An activation of the teacher that the objective asks for. */
  ObjectiveEntry teacherFeature(String tap, int... shape) {
    teacher.add(new Tap(tap, Shape.of(shape), false));
    return this;
  }

  /** Several teachers. */
  ObjectiveEntry teachers(int number) {
    teachers = number;
    return this;
  }

  /** Another moment of training than epoch 4 of 10. */
  ObjectiveEntry at(Progress moment) {
    progress = moment;
    return this;
  }

  /** The loss is smallest where the student's numbers are the teacher's: logits, taps in order. */
  ObjectiveEntry leastAtTeacher(double value) {
    return least(ObjectiveCase::studentIsTeacher, c -> value);
  }

  /** The loss is smallest for another student, to be made from the case. */
  ObjectiveEntry least(
      UnaryOperator<ObjectiveCase> student, ToDoubleFunction<ObjectiveCase> value) {
    best = student;
    least = value;
    return this;
  }

  /** The loss has no minimum that can be told. */
  ObjectiveEntry noMinimum(String because) {
    noMinimum = because;
    return this;
  }

  /** A property that this objective does not have. */
  ObjectiveEntry without(Property property, String because) {
    exceptions.put(property, because);
    return this;
  }

  /**
   * What the student says at a tap teaches another part of it and is detached there: its gradient
   * is not the derivative of the loss, and to be checked elsewhere.
   */
  ObjectiveEntry target(String tap, String because) {
    targets.put(tap, because);
    return this;
  }

  boolean isTarget(String tap) {
    return targets.containsKey(tap);
  }

  Objective objective() {
    return objective;
  }

  int teachers() {
    return teachers;
  }

  Progress progress() {
    return progress;
  }

  boolean has(Property property) {
    return !exceptions.containsKey(property);
  }

  boolean saysWhereLeast() {
    return (best == null) != (noMinimum == null);
  }

  /** A case in which the loss is smallest, made from any; null if there is none to tell. */
  ObjectiveCase best(ObjectiveCase any) {
    return best == null ? null : best.apply(any);
  }

  double least(ObjectiveCase best) {
    return least.applyAsDouble(best);
  }

  List<Tap> studentTaps(int classes) {
    return withLogits(student, classes);
  }

  List<Tap> teacherTaps(int classes) {
    return withLogits(teacher, classes);
  }

  private static List<Tap> withLogits(List<Tap> taps, int classes) {
    List<Tap> all = new ArrayList<>();
    all.add(new Tap(ObjectiveCase.LOGITS, Shape.of(classes), true));
    for (Tap t : taps) {
      all.add(t.shape() == null ? new Tap(t.name(), Shape.of(classes), true) : t);
    }
    return all;
  }

  /** The objective made ready for the shapes of this entry; what it learns has values. */
  Objective fitted(int classes, DType type) {
    TapShapes teacherShapes = teachers == 0 ? null : shapes("teacher", teacher, classes);
    Objective fitted = objective.fitted(shapes("student", student, classes), teacherShapes);
    for (Module learned : fitted.learned().values()) {
      learned.init(5);
      Map<String, Tensor> drawn = new LinkedHashMap<>();
      learned.state().forEach((path, t) -> drawn.put(path, t.own()));
      learned.allocate(type);
      learned.load(drawn); // the same numbers in either type
    }
    return fitted;
  }

  private static TapShapes shapes(String network, List<Tap> taps, int classes) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Tap t : taps) {
      shapes.put(t.name(), t.shape() == null ? Shape.of(classes) : t.shape());
    }
    return new TapShapes(network, shapes, classes);
  }

  @Override
  public String toString() {
    return name;
  }
}
