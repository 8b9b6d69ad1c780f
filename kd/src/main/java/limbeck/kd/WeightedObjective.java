package limbeck.kd;

import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Var;

/** An objective times a weight. */
record WeightedObjective(Objective objective, double weight) implements Objective {
  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    return objective.loss(student, teacher, batch).times(weight);
  }

  @Override
  public boolean asksTeacher() {
    return objective.asksTeacher();
  }

  @Override
  public boolean takesScores() {
    return objective.takesScores();
  }

  @Override
  public boolean takesMixedLabels() {
    return objective.takesMixedLabels();
  }

  @Override
  public List<String> studentTaps() {
    return objective.studentTaps();
  }

  @Override
  public List<String> teacherTaps() {
    return objective.teacherTaps();
  }

  @Override
  public Objective fitted(TapShapes student, TapShapes teacher) {
    return new WeightedObjective(objective.fitted(student, teacher), weight);
  }

  @Override
  public Map<String, Module> learned() {
    return objective.learned();
  }
}
