package limbeck.kd.report.html;

import java.util.List;
import java.util.Optional;
import limbeck.kd.report.Arm;
import limbeck.kd.report.Confusion;
import limbeck.kd.report.Findings;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.Sentences;

/** Confusions: the matrices of both students, their difference, and confusable pairs. */
final class ConfusionSection {
  private static final int MOST_CLASSES = 40; // beyond, cells are too small to be seen

  private ConfusionSection() {}

  /** The section; empty without matrices of both students and without pairs. */
  static String of(RunView run) {
    String body = matrices(run) + PairTable.of(run);
    String finding = Markup.escape(new Findings(run.report()).confusions());
    return body.isEmpty() ? "" : Html.section("confusions", "Confusions", finding, body);
  }

  private static String matrices(RunView run) {
    List<String> classes = run.report().data().classes();
    Optional<Confusion> alone = run.report().confusionOf(run.baseline().id());
    Optional<Confusion> distilled = run.report().confusionOf(run.main().id());
    if (classes.size() > MOST_CLASSES || alone.isEmpty() || distilled.isEmpty()) {
      return "";
    }
    List<List<Long>> before = alone.get().counts();
    List<List<Long>> after = distilled.get().counts();
    long most = Math.max(ConfusionMatrix.most(before), ConfusionMatrix.most(after));
    MatrixFrame frame = new MatrixFrame(classes);
    String title = Sentences.capital(run.main().label()) + " minus " + run.baseline().label();
    String plots =
        matrix(frame, run, run.baseline(), before, most)
            + matrix(frame, run, run.main(), after, most)
            + MatrixDifference.of(frame, title, before, after);
    return Html.note(note(alone.get(), before)) + Html.grid("grid three", plots);
  }

  private static String note(Confusion confusion, List<List<Long>> counts) {
    long predictions = counts.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
    return "Sums over "
        + NumberFormats.plural(confusion.seeds(), "seed")
        + ", "
        + NumberFormats.grouped(predictions)
        + " predictions. Only errors are shaded, on one scale for both students; the diagonal"
        + " counts what is right.";
  }

  private static String matrix(
      MatrixFrame frame, RunView run, Arm arm, List<List<Long>> counts, long most) {
    return ConfusionMatrix.of(frame, arm.label(), run.look(arm), counts, most);
  }
}
