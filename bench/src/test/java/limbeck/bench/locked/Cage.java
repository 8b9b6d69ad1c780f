package limbeck.bench.locked;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A JVM that may do little: an empty environment, no home, a folder for temporary files that is not
 * to be written to, and from JDK 24 on neither native code nor memory behind the JVM's back. Only
 * one folder is given to it to write into. Where the system lets us, {@link #mounted} makes the
 * rest a fact: then every other file system is read-only, nothing can be executed in the folder for
 * temporary files, and there is no network.
 */
final class Cage {
  /** What a line with the path of a mapped library begins with. */
  static final String LIBRARY = "library ";

  /** What a line with an open socket begins with. */
  static final String SOCKET = "socket ";

  /** The program that lies in the folder for temporary files of a mounted cage. */
  static final String PROGRAM = "program";

  private static final String CLASS = "[class,load] ";
  private static final String MOUNT =
      """
      tmp=$1
      given=$2
      shift 2
      {
        mount -t tmpfs -o nosuid,noexec,size=1m none "$tmp" &&
          cp /bin/true "$tmp/program" &&
          mount -o remount,ro,nosuid,noexec "$tmp" &&
          mount --bind "$given" "$given"
      } || exit 99
      places=$(cut -d ' ' -f 2 /proc/self/mounts)
      for place in $places; do
        if [ "$place" != "$given" ] && [ "$place" != "$tmp" ]; then
          mount -o remount,bind,ro "$place" 2>/dev/null
        fi
      done
      exec "$@"
      """;
  private static final List<List<String>> NAMESPACES =
      List.of(List.of("unshare", "-m", "-n"), List.of("unshare", "-r", "-m", "-n"));

  private final Path folder;
  private final List<String> before;

  private Cage(Path folder, List<String> before) throws IOException {
    this.folder = folder;
    this.before = before;
    for (String name : List.of("given", "cwd", "tmp", "log")) {
      Files.createDirectories(folder.resolve(name));
    }
    tmp().toFile().setWritable(false, false);
  }

  /** A cage that keeps folders from being needed, and watches whether they are used. */
  static Cage of(Path folder) throws IOException {
    return new Cage(folder.toRealPath(), List.of());
  }

  /** One that cannot be left, or null where the system does not let us build it. */
  static Cage mounted(Path folder) throws IOException, InterruptedException {
    for (List<String> namespaces : NAMESPACES) {
      List<String> before = new ArrayList<>(namespaces);
      before.addAll(List.of("sh", "-c", MOUNT, "cage"));
      Cage cage = new Cage(folder.toRealPath(), before);
      before.addAll(List.of(cage.tmp().toString(), cage.given().toString()));
      try {
        if (cage.start(List.of("true")).code() == 0) {
          return cage;
        }
      } catch (IOException e) {
        return null; // there is no such command
      }
    }
    return null;
  }

  /** The folder that may be written to. */
  Path given() {
    return folder.resolve("given");
  }

  /** The folder for temporary files. */
  Path tmp() {
    return folder.resolve("tmp");
  }

  /** The working directory. */
  Path cwd() {
    return folder.resolve("cwd");
  }

  /**
   * What a JVM has done.
   *
   * @param code its exit code
   * @param printed lines of standard output, without those of {@code loaded}
   * @param loaded the classes, in order, and where each is from
   * @param errors standard error
   */
  record Ran(int code, List<String> printed, List<String> loaded, String errors) {
    /** The rest of all printed lines that begin so. */
    List<String> printed(String start) {
      return printed.stream()
          .filter(line -> line.startsWith(start))
          .map(line -> line.substring(start.length()))
          .toList();
    }
  }

  /**
   * Runs a main class to its end.
   *
   * @param java home of the JVM
   */
  Ran run(Path java, List<String> flags, List<Path> classPath, Class<?> main, Object... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java.resolve("bin/java").toString()));
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + tmp(),
            "-Duser.home=" + folder.resolve("no-home"),
            "-Xmx1g",
            "-Xlog:class+load:stdout:tags"));
    if (Runtime.version().feature() >= 24) {
      command.addAll(
          List.of("--illegal-native-access=deny", "--sun-misc-unsafe-memory-access=deny"));
    }
    command.addAll(flags);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.add(main.getName());
    for (Object arg : args) {
      command.add(arg.toString());
    }
    return start(command);
  }

  private Ran start(List<String> command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(before);
    all.addAll(command);
    Path out = folder.resolve("log/out.txt");
    Path err = folder.resolve("log/err.txt");
    ProcessBuilder builder = new ProcessBuilder(all).directory(cwd().toFile());
    builder.environment().clear();
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("not done after three minutes: " + Files.readString(err));
    }
    List<String> printed = new ArrayList<>();
    List<String> loaded = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      if (line.startsWith(CLASS)) {
        loaded.add(line.substring(CLASS.length()));
      } else {
        printed.add(line);
      }
    }
    return new Ran(process.exitValue(), printed, loaded, Files.readString(err));
  }

  /** All files and folders of the cage, with sizes and times, but for what is in the given one. */
  Map<String, String> listing() throws IOException {
    Map<String, String> listing = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        String name = folder.relativize(file).toString();
        if (!name.startsWith("given") && !name.startsWith("log")) {
          listing.put(name, Files.size(file) + " bytes, " + Files.getLastModifiedTime(file));
        }
      }
    }
    return listing;
  }
}
