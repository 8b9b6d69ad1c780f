package limbeck.nlp.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A {@link BertNetwork} that begins with a folder's weights. */
final class PretrainedNetwork extends BertNetwork {
  private final BertConfig config;
  private final Path folder;
  private final List<Integer> layers;

  /**
   * A network.
   *
   * @param layers numbers of the folder's layers that it has, from 0; empty: all
   */
  PretrainedNetwork(
      String name,
      int classes,
      TextCoder coder,
      int usualSteps,
      BertConfig config,
      Path folder,
      List<Integer> layers) {
    super(name, classes, coder, usualSteps, config);
    this.config = config;
    this.folder = folder;
    this.layers = List.copyOf(layers);
  }

  /** The head keeps its values; all others are the folder's. */
  @Override
  void beginWithin() {
    try {
      BertFiles.load(bert(), config, folder, layers);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
