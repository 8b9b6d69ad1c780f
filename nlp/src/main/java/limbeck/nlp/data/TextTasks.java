package limbeck.nlp.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.DatasetSource;
import limbeck.kd.data.LoadProgress;

/** The tasks on texts, as a source of data sets. */
public final class TextTasks implements DatasetSource {
  /** All of them. */
  public TextTasks() {}

  @Override
  public List<String> words() {
    return TextTask.words();
  }

  @Override
  public Dataset open(Path folder, String part, String word, LoadProgress progress)
      throws IOException {
    return TextTask.of(word).open(folder, part);
  }
}
