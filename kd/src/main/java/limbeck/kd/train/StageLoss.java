package limbeck.kd.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.autograd.Var;
import limbeck.engine.op.OpContext;
import limbeck.kd.Batch;
import limbeck.kd.Network;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.Progress;
import limbeck.kd.Teacher;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;

/**
 * The loss of a stage: its terms, each with its weight at the epoch, added up in their order. A
 * term of weight 0, or one that the step leaves out, is not computed, and a teacher whom no other
 * term asks is not asked.
 */
final class StageLoss {
  /** A term made ready for its networks. */
  private record Ready(Objective objective, Term term) {}

  private final List<Ready> terms = new ArrayList<>();
  private final TeacherSet teachers;
  private final int dropTerms;
  private final List<String> taps;

  /**
   * The loss of a stage.
   *
   * @param objectives of the stage's terms, in their order, fitted
   * @param teachers by the ids that the terms name
   */
  StageLoss(Stage stage, List<Objective> objectives, TeacherSet teachers) {
    Set<String> wanted = new LinkedHashSet<>();
    for (int i = 0; i < objectives.size(); i++) {
      terms.add(new Ready(objectives.get(i), stage.terms().get(i)));
      wanted.addAll(objectives.get(i).studentTaps());
    }
    this.teachers = teachers;
    this.dropTerms = stage.dropTerms();
    this.taps = List.copyOf(wanted);
  }

  /** What a student says about a batch, as far as the terms want to know. */
  Outputs student(Network network, Batch batch) {
    return network.outputs(batch.inputs(), taps);
  }

  /** The loss of a batch. */
  Var loss(Outputs student, Batch batch, OpContext context) {
    Map<String, Outputs> asked = new LinkedHashMap<>();
    List<Integer> dropped = dropped(batch.progress());
    Var sum = null;
    for (int i = 0; i < terms.size(); i++) {
      Ready r = terms.get(i);
      double weight = r.term.weight().at(batch.progress());
      if (weight > 0 && !dropped.contains(i)) {
        Outputs taught = ask(r.term.teacher(), asked, batch, context);
        Var term = r.objective.loss(student, taught, batch);
        Var weighted = weight == 1 ? term : term.times(weight);
        sum = sum == null ? weighted : sum.plus(weighted);
      }
    }
    return sum;
  }

  /** The numbers of the terms that are left out at this step. */
  private List<Integer> dropped(Progress p) {
    if (dropTerms == 0) {
      return List.of();
    }
    List<Integer> guides = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      Term t = terms.get(i).term;
      if (t.teacher() != null && teachers.get(t.teacher()) != null && t.weight().at(p) > 0) {
        guides.add(i);
      }
    }
    return DroppedTerms.at(p, guides, dropTerms);
  }

  private Outputs ask(String id, Map<String, Outputs> asked, Batch batch, OpContext context) {
    Teacher teacher = id == null ? null : teachers.get(id);
    if (teacher == null) {
      return null; // a network's own past, before there is one
    }
    return asked.computeIfAbsent(id, x -> teacher.outputs(batch, context));
  }
}
