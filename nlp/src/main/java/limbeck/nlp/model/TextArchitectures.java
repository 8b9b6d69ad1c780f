package limbeck.nlp.model;

import java.util.List;
import java.util.stream.Stream;
import limbeck.kd.Architecture;
import limbeck.kd.ArchitectureSource;

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

  @Override
  public boolean knows(String name) {
    return family(name) != null;
  }

  @Override
  public Architecture of(String name) {
    TextFamily family = family(name);
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
