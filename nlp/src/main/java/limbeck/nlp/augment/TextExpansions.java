package limbeck.nlp.augment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.Expansion;
import limbeck.kd.data.ExpansionSource;
import limbeck.nlp.data.FileHash;
import limbeck.nlp.data.TaggedSentence;
import limbeck.nlp.data.TextDataset;

/**
 * Expansions of texts: {@code tang:20,tags=FILE} makes of every text 20 others, with parts of
 * speech by a tagger that learns from a file of CoNLL's form, word and tag in its first columns;
 * without one, words become any others. More settings: {@code mask=0.1}, {@code tag=0.1}, {@code
 * ngram=0.25}, {@code seed=1}.
 */
public final class TextExpansions implements ExpansionSource {
  private static final String PREFIX = "tang:";
  private static final Set<String> KEYS = Set.of("tags", "mask", "tag", "ngram", "seed");
  private static final int MOST_TURNS = 1_000;

  /** All of them. */
  public TextExpansions() {}

  @Override
  public boolean knows(String name) {
    return name.startsWith(PREFIX);
  }

  @Override
  public String form() {
    return "tang:<turns>[,tags=<file>][,mask=0.1][,tag=0.1][,ngram=0.25][,seed=1]";
  }

  @Override
  public Expansion of(String name) {
    String[] parts = name.substring(PREFIX.length()).split(",");
    Map<String, String> settings = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      String key = equals < 0 ? parts[i] : parts[i].substring(0, equals);
      if (equals < 0 || !KEYS.contains(key)) {
        throw wrong(name);
      }
      settings.put(key, parts[i].substring(equals + 1));
    }
    try {
      int turns = Integer.parseInt(parts[0]);
      TangAugmentation usual = TangAugmentation.PUBLISHED;
      TangAugmentation how =
          new TangAugmentation(
              number(settings, "mask", usual.mask()),
              number(settings, "tag", usual.tag()),
              number(settings, "ngram", usual.ngram()));
      long seed = Long.parseLong(settings.getOrDefault("seed", "1"));
      if (turns < 1 || turns > MOST_TURNS) {
        throw wrong(name);
      }
      String file = settings.get("tags");
      return new Tang(turns, how, seed, file == null ? null : Path.of(file));
    } catch (NumberFormatException e) {
      throw wrong(name);
    }
  }

  private static double number(Map<String, String> settings, String key, double usual) {
    return settings.containsKey(key) ? Double.parseDouble(settings.get(key)) : usual;
  }

  private IllegalArgumentException wrong(String name) {
    return new IllegalArgumentException(name + ": written as " + form());
  }

  private record Tang(int turns, TangAugmentation how, long seed, Path tags) implements Expansion {
    @Override
    public Dataset of(Dataset train) {
      if (!(train instanceof TextDataset texts)) {
        throw new IllegalArgumentException(
            train.name() + ": texts can be made of texts, but these are " + train.form());
      }
      return texts.made(
          "expansion " + identity(),
          () -> new TangTransferSet(how, texts, tagger()).times(turns, seed));
    }

    private PerceptronTagger tagger() {
      try {
        return tags == null ? null : PerceptronTagger.of(TaggedSentence.read(tags, 0, 1));
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }

    @Override
    public String identity() {
      String file = tags == null ? "none" : FileHash.of(tags);
      return "tang of " + turns + " turns, " + how + ", seed " + seed + ", tags " + file;
    }
  }
}
