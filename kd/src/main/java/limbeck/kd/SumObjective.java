package limbeck.kd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import limbeck.autograd.Module;
import limbeck.autograd.Var;

/** The sum of two objectives. */
record SumObjective(Objective first, Objective second) implements Objective {
  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    return first.loss(student, teacher, batch).plus(second.loss(student, teacher, batch));
  }

  @Override
  public boolean asksTeacher() {
    return first.asksTeacher() || second.asksTeacher();
  }

  @Override
  public boolean takesScores() {
    return first.takesScores() && second.takesScores();
  }

  @Override
  public boolean takesMixedLabels() {
    return first.takesMixedLabels() && second.takesMixedLabels();
  }

  @Override
  public List<String> studentTaps() {
    return union(first.studentTaps(), second.studentTaps());
  }

  @Override
  public List<String> teacherTaps() {
    return union(first.teacherTaps(), second.teacherTaps());
  }

  private static List<String> union(List<String> a, List<String> b) {
    return Stream.concat(a.stream(), b.stream()).distinct().toList();
  }

  @Override
  public Objective fitted(TapShapes student, TapShapes teacher) {
    return new SumObjective(first.fitted(student, teacher), second.fitted(student, teacher));
  }

  /**
   * Those of both; names of the first begin with {@code 0-}, those of the second with {@code 1-}.
   */
  @Override
  public Map<String, Module> learned() {
    Map<String, Module> all = new LinkedHashMap<>();
    first.learned().forEach((name, module) -> all.put("0-" + name, module));
    second.learned().forEach((name, module) -> all.put("1-" + name, module));
    return all;
  }
}
