package limbeck.kd;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import limbeck.kd.vision.ImageArchitectures;

/**
 * Finds architectures by name: those for images, and those of all {@linkplain ArchitectureSource
 * sources} on the class path or module path.
 */
public final class Architectures {
  /** Sources that others provide, then that of images, which knows fewest names by their look. */
  private static final List<ArchitectureSource> SOURCES = load();

  private Architectures() {}

  private static List<ArchitectureSource> load() {
    List<ArchitectureSource> all = new ArrayList<>();
    ServiceLoader.load(ArchitectureSource.class, Architectures.class.getClassLoader())
        .forEach(all::add);
    all.add(new ImageArchitectures());
    return List.copyOf(all);
  }

  /**
   * The architecture with this name. Where a name can be written in two ways, as {@code resnet-20}
   * and {@code resnet-20/conv}, the shorter one is its {@link Architecture#name}.
   *
   * @throws IllegalArgumentException if there is none, naming the nearest, or its numbers are out
   *     of range
   */
  public static Architecture of(String name) {
    for (ArchitectureSource source : SOURCES) {
      if (source.knows(name)) {
        return source.of(name);
      }
    }
    List<String> known = SOURCES.stream().flatMap(s -> s.known().stream()).toList();
    Stream<String> forms = forms().stream().map(f -> f.substring(0, f.indexOf(": ")));
    throw new IllegalArgumentException(Nearest.none("architecture", name, known, forms.toList()));
  }

  /** How names are written, and what they mean: a line for each family. */
  public static List<String> forms() {
    return SOURCES.stream().flatMap(s -> s.forms().stream()).toList();
  }

  /**
   * Several networks that speak as one.
   *
   * @param members in order, at least one, none of them an ensemble, all for one kind of data
   * @throws IllegalArgumentException if there is none, or an ensemble among them
   */
  public static Architecture ensemble(List<Architecture> members, LogitMean mean) {
    return of(new EnsembleName(members.stream().map(Architecture::name).toList(), mean).text());
  }
}
