package limbeck.kd.recipe.file;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The files of a folder in the place that a class came from, a folder or a jar. */
final class ClassPathFolder {
  private ClassPathFolder() {}

  /**
   * Names of the files, sorted; none where classes come from neither.
   *
   * @param folder with slashes, such as {@code limbeck/kd/objective}
   */
  static List<String> names(Class<?> from, String folder) {
    CodeSource source = from.getProtectionDomain().getCodeSource();
    if (source == null || !source.getLocation().getProtocol().equals("file")) {
      return List.of();
    }
    try {
      Path where = Path.of(source.getLocation().toURI());
      return Files.isDirectory(where)
          ? inFolder(where.resolve(folder))
          : inJar(where, folder + "/");
    } catch (IOException | URISyntaxException e) {
      return List.of();
    }
  }

  private static List<String> inFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static List<String> inJar(Path jar, String folder) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(e -> e.getName())
          .filter(n -> n.startsWith(folder) && n.indexOf('/', folder.length()) < 0)
          .map(n -> n.substring(folder.length()))
          .filter(n -> !n.isEmpty())
          .sorted()
          .toList();
    }
  }
}
