package limbeck.nlp.model;

import java.util.List;
import java.util.stream.Stream;
import limbeck.kd.Architecture;
import limbeck.kd.ArchitectureSource;
import limbeck.kd.EnsembleName;

/** The architectures of networks for texts. */
public final class TextArchitectures implements ArchitectureSource {
  private static final List<TextFamily> FAMILIES =
      Stream.of(
              Stream.<TextFamily>of(WordFamily.values()),
              Stream.<TextFamily>of(new BertFamily()),
              Stream.<TextFamily>of(PretrainedFamily.values()))
          .flatMap(families -> families)
          .toList();

  /** All of them. */
  public TextArchitectures() {}

  private static TextFamily family(String name) {
    return FAMILIES.stream().filter(f -> name.startsWith(f.prefix())).findFirst().orElse(null);
  }

  /** An ensemble is one of texts if its first member is. */
  @Override
  public boolean knows(String name) {
    EnsembleName ensemble = ensemble(name);
    return family(ensemble == null ? name : ensemble.members().get(0)) != null;
  }

  private static EnsembleName ensemble(String name) {
    try {
      return EnsembleName.begins(name) ? EnsembleName.of(name) : null;
    } catch (IllegalArgumentException e) {
      return null; // what is wrong is said when it is asked for
    }
  }

  @Override
  public Architecture of(String name) {
    EnsembleName ensemble = ensemble(name);
    return ensemble == null
        ? one(name)
        : new TextEnsembleArchitecture(
            ensemble.members().stream().map(TextArchitectures::one).toList(), ensemble.mean());
  }

  private static TextArchitecture one(String name) {
    TextFamily family = family(name);
    if (family == null) {
      throw new IllegalArgumentException(
          "no architecture \"" + name + "\" for texts, as the other members of its ensemble are");
    }
    return new TextArchitecture(family.shortest(name), family);
  }

  @Override
  public List<String> known() {
    return FAMILIES.stream().map(TextFamily::example).toList();
  }

  @Override
  public List<String> forms() {
    return FAMILIES.stream().map(f -> f.form() + ": " + f.summary()).toList();
  }
}
