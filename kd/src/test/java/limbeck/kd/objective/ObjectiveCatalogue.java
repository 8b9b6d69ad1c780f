package limbeck.kd.objective;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import limbeck.kd.Objective;

/** All entries, and all objectives that must have one. */
final class ObjectiveCatalogue {
  private ObjectiveCatalogue() {}

  static List<ObjectiveEntry> entries() {
    List<ObjectiveEntry> all = new ArrayList<>();
    all.addAll(LogitEntries.all());
    all.addAll(SelfEntries.all());
    all.addAll(FeatureEntries.all());
    all.addAll(EncoderEntries.all());
    return all;
  }

  /** The public classes of the package that are objectives, in the order of their names. */
  static List<Class<?>> objectives() throws Exception {
    Path classes =
        Path.of(HardLabels.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String name = HardLabels.class.getPackageName();
    List<Class<?>> found = new ArrayList<>();
    for (String file : files(classes.resolve(name.replace('.', '/')))) {
      Class<?> type = Class.forName(name + "." + file.substring(0, file.length() - 6));
      if (Objective.class.isAssignableFrom(type) && Modifier.isPublic(type.getModifiers())) {
        found.add(type);
      }
    }
    return found;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".class") && !f.equals("package-info.class"))
          .sorted()
          .toList();
    }
  }
}
