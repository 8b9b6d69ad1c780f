package limbeck.kd.report.html;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import limbeck.engine.io.AtomicFile;
import limbeck.kd.report.RunReport;

/**
 * The report of a run as one HTML page that loads nothing: verdict, figures, values tried, dark
 * knowledge, confusions, calibration, curves, path, cost, conventions and how to reproduce it.
 * Sections whose data a record does not have are left out, and nothing says so.
 *
 * <p>The same record gives the same bytes on every JVM. Every string of the record is escaped, and
 * the page's policy makes a browser refuse every request, so that not even a hostile class name
 * loads anything.
 */
public final class HtmlReport {
  private HtmlReport() {}

  /** A section of the page as text; empty where the record has nothing for it. */
  private interface Section {
    String of(RunView run);
  }

  private static final List<Section> SECTIONS =
      List.of(
          ResultSection::of,
          StudySection::of,
          ValuesSection::of,
          ParetoSection::of,
          DarkSection::of,
          ConfusionSection::of,
          CalibrationSection::of,
          CurvesSection::of,
          PathSection::of,
          CostSection::of,
          ConventionsSection::of,
          ReproduceSection::of);

  /** Returns the page. */
  public static String of(RunReport report) {
    RunView run = new RunView(report);
    List<String> sections = new ArrayList<>();
    for (Section section : SECTIONS) {
      String text = section.of(run);
      if (!text.isEmpty()) {
        sections.add(text);
      }
    }
    String title =
        report.run().recipe()
            + " on "
            + report.data().name()
            + ": "
            + report.verdict().label().label();
    String version = report.limbeck().version();
    String source =
        Markup.tag("code", "report.json") + ", which lies beside this file and has every number";
    return new Page(title, version, report.sample(), source).of(Header.of(run), sections);
  }

  /** Writes {@code report.html} in UTF-8; a file that is there is replaced. */
  public static void write(RunReport report, Path file) throws IOException {
    AtomicFile.writeString(file, of(report));
  }
}
