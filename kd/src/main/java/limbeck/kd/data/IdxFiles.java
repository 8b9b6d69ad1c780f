package limbeck.kd.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import limbeck.engine.io.FormatException;

/**
 * The two files of one split.
 *
 * @param prefix what stands before the split in the names, with its hyphen, or nothing
 */
record IdxFiles(String prefix, Path images, Path labels) {

  /** Finds both files, or says which names were looked for. */
  static IdxFiles find(Path folder, String which) throws IOException {
    String split = split(which);
    if (!Files.isDirectory(folder)) {
      throw new FormatException(
          folder
              + (Files.exists(folder) ? " is not a folder" : ": no such folder")
              + "; give the folder that holds "
              + shown(which, "images-idx3"));
    }
    List<String> names = names(folder);
    String prefix = prefix(folder, which, matches(names, split, "images", "3"));
    return new IdxFiles(
        prefix,
        folder.resolve(one(folder, which, names, prefix, split, "images", "3")),
        folder.resolve(one(folder, which, names, prefix, split, "labels", "1")));
  }

  /** Whether a folder holds images of a split, of whatever prefix. */
  static boolean holds(Path folder, String which) throws IOException {
    return !matches(names(folder), split(which), "images", "3").isEmpty();
  }

  private static String split(String which) {
    return switch (which) {
      case "train" -> "train";
      case "t10k", "test" -> "(?:t10k|test)";
      default ->
          throw new IllegalArgumentException(
              "no split \"" + which + "\"; there are train and t10k (or test)");
    };
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static List<Matcher> matches(List<String> names, String split, String kind, String axes) {
    Pattern pattern =
        Pattern.compile("(|.*-)" + split + "-" + kind + "[-.]idx" + axes + "-ubyte(?:\\.gz)?");
    List<Matcher> found = new ArrayList<>();
    for (String name : names) {
      Matcher matcher = pattern.matcher(name);
      if (matcher.matches()) {
        found.add(matcher);
      }
    }
    return found;
  }

  /** The shortest name wins if it has no prefix; otherwise there must be one prefix only. */
  private static String prefix(Path folder, String which, List<Matcher> images)
      throws FormatException {
    TreeSet<String> prefixes = new TreeSet<>();
    images.forEach(m -> prefixes.add(m.group(1)));
    if (prefixes.isEmpty()) {
      throw missing(folder, which, "images-idx3");
    }
    if (prefixes.size() > 1 && !prefixes.first().isEmpty()) {
      throw new FormatException(
          folder
              + " holds several sets ("
              + String.join(", ", prefixes)
              + "); give each a folder of its own");
    }
    return prefixes.first();
  }

  /** Of the same content under several names, the first in order: uncompressed before gzipped. */
  private static String one(
      Path folder,
      String which,
      List<String> names,
      String prefix,
      String split,
      String kind,
      String axes)
      throws FormatException {
    for (Matcher m : matches(names, split, kind, axes)) {
      if (m.group(1).equals(prefix)) {
        return m.group();
      }
    }
    throw missing(folder, which, kind + "-idx" + axes);
  }

  private static FormatException missing(Path folder, String which, String kind) {
    return new FormatException(folder + " holds no " + shown(which, kind));
  }

  /** The names of a file of a split, in words. */
  static String shown(String which, String kind) {
    String split = which.equals("train") ? "train" : "t10k";
    String other = which.equals("train") ? "" : " (or test-...)";
    return split + "-" + kind + "-ubyte or " + split + "-" + kind + "-ubyte.gz" + other;
  }
}
