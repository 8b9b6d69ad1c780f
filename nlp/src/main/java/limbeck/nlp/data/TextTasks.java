package limbeck.nlp.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.DatasetSource;
import limbeck.kd.data.LoadProgress;
import limbeck.nlp.data.generated.GeneratedTask;

/** The tasks on texts, as a source of data sets. */
public final class TextTasks implements DatasetSource {
  /** All of them. */
  public TextTasks() {}

  @Override
  public List<String> words() {
    List<String> words = new ArrayList<>(TextTask.words());
    words.addAll(GeneratedTask.words());
    return words;
  }

  @Override
  public boolean draws(String word) {
    return GeneratedTask.words().contains(word);
  }

  @Override
  public Dataset draw(String word, String part, int size) {
    return GeneratedTask.of(word).draw(word + "-" + part, part.equals("train") ? 1 : 2, size);
  }

  @Override
  public Dataset open(Path folder, String part, String word, LoadProgress progress)
      throws IOException {
    return TextTask.of(word).open(folder, part);
  }
}
