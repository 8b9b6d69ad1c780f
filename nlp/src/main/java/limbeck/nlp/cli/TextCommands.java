package limbeck.nlp.cli;

import java.util.List;
import limbeck.kd.CommandSource;

/** The commands of this module. */
public final class TextCommands implements CommandSource {
  /** All of them. */
  public TextCommands() {}

  @Override
  public List<Object> commands() {
    return List.of(new PretrainCommand(), new PretrainElmoCommand());
  }
}
