package limbeck.bench.locked;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** What a process says about itself at its end, in lines that {@link Cage} reads. */
final class Traces {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final Path OPEN = Path.of("/proc/self/fd");
  private static final Path TABLES = Path.of("/proc/self/net");

  private Traces() {}

  /**
   * Prints results, and, where the system tells, the libraries that are mapped and the sockets that
   * are open.
   */
  static void print(String... results) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String result : results) {
      lines.append(result).append('\n');
    }
    for (String library : libraries()) {
      lines.append(Cage.LIBRARY).append(library).append('\n');
    }
    for (String socket : sockets()) {
      lines.append(Cage.SOCKET).append(socket).append('\n');
    }
    System.out.print(lines);
    System.out.flush();
  }

  private static TreeSet<String> libraries() throws IOException {
    TreeSet<String> libraries = new TreeSet<>();
    if (Files.isReadable(MAPS)) {
      for (String line : Files.readAllLines(MAPS)) {
        int path = line.indexOf('/');
        if (path >= 0 && line.substring(path).matches(".*\\.so(\\.\\d+)*( .*)?")) {
          libraries.add(line.substring(path));
        }
      }
    }
    return libraries;
  }

  /**
   * Sockets of the internet protocols. The JDK keeps one of the kind that stays within the machine,
   * connected to nothing, from its first use of a file channel on.
   */
  private static TreeSet<String> sockets() throws IOException {
    TreeSet<String> sockets = new TreeSet<>();
    if (Files.isDirectory(OPEN)) {
      String known = connections();
      try (DirectoryStream<Path> open = Files.newDirectoryStream(OPEN)) {
        for (Path each : open) {
          String target = Files.isSymbolicLink(each) ? Files.readSymbolicLink(each).toString() : "";
          if (target.matches("socket:\\[\\d+]") && known.contains(inode(target))) {
            sockets.add(target);
          }
        }
      }
    }
    return sockets;
  }

  private static String inode(String socket) {
    return " " + socket.replaceAll("\\D", "") + " ";
  }

  /** The system's tables of connections. */
  private static String connections() throws IOException {
    StringBuilder tables = new StringBuilder();
    for (String table : List.of("tcp", "tcp6", "udp", "udp6", "raw", "raw6")) {
      Path file = TABLES.resolve(table);
      tables.append(Files.isReadable(file) ? Files.readString(file) : "");
    }
    return tables.toString();
  }
}
