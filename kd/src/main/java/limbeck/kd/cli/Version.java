package limbeck.kd.cli;

import limbeck.kd.report.LimbeckVersion;
import picocli.CommandLine;

/** The version line. */
final class Version implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    LimbeckVersion v = LimbeckVersion.current();
    return new String[] {
      "limbeck " + v.version() + (v.commit() == null ? "" : " (" + v.commit() + ")")
    };
  }
}
