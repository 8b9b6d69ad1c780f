package limbeck.kd.vision;

import java.util.List;
import limbeck.kd.Architecture;
import limbeck.kd.ArchitectureSource;

/** The architectures of networks for images. */
public final class ImageArchitectures implements ArchitectureSource {
  /** All of them. */
  public ImageArchitectures() {}

  @Override
  public boolean knows(String name) {
    return ImageArchitecture.knows(name);
  }

  @Override
  public Architecture of(String name) {
    return ImageArchitecture.of(name);
  }

  @Override
  public List<String> known() {
    return ImageArchitecture.families().stream().flatMap(f -> f.known().stream()).toList();
  }

  @Override
  public List<String> forms() {
    return ImageArchitecture.families().stream().map(f -> f.form() + ": " + f.summary()).toList();
  }
}
