package limbeck.kd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import limbeck.kd.measure.Results;
import limbeck.kd.metric.Measure;
import limbeck.kd.recipe.Knowledge;
import limbeck.kd.recipe.Recipe.Comparison;
import limbeck.kd.report.Study;
import limbeck.kd.report.VerdictRecord;

/** What the students of a study came to: each against the same student that learnt from labels. */
final class StudyAnswers {
  private StudyAnswers() {}

  /** The study of a recipe; {@link Study#NONE} where it is none. */
  static Study of(Results results) {
    Experiment e = results.experiment();
    List<Study.Student> students = new ArrayList<>();
    for (var student : e.recipe().study(e.settings()).students()) {
      students.add(new Study.Student(student.name(), cells(student.arms(), results)));
    }
    return new Study(students);
  }

  private static List<Study.Cell> cells(Map<Knowledge, String> arms, Results results) {
    String alone = arms.get(Knowledge.LABELS);
    List<Study.Cell> cells = new ArrayList<>();
    arms.forEach(
        (knowledge, arm) -> {
          VerdictRecord gain =
              arm.equals(alone) ? null : Verdicts.of(new Comparison(arm, alone, null), results);
          boolean scores = knowledge == Knowledge.LABELS && results.measure() == Measure.PEARSON;
          cells.add(new Study.Cell(scores ? "scores" : knowledge.title(), arm, gain));
        });
    return cells;
  }
}
