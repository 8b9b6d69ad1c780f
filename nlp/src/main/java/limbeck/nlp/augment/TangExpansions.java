package limbeck.nlp.augment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.Expansion;
import limbeck.kd.data.ExpansionSource;
import limbeck.nlp.data.FileHash;
import limbeck.nlp.data.TaggedSentence;
import limbeck.nlp.data.TextDataset;

/**
 * Tang et al.'s expansions of texts: {@code tang:20,tags=FILE} makes of every text 20 others, with
 * parts of speech by a tagger that learns from a file of CoNLL's form, word and tag in its first
 * columns; without one, words become any others. More settings: {@code mask=0.1}, {@code tag=0.1},
 * {@code ngram=0.25}, {@code seed=1}.
 */
public final class TangExpansions implements ExpansionSource {
  private static final String PREFIX = "tang:";
  private static final Set<String> KEYS = Set.of("tags", "mask", "tag", "ngram", "seed");

  /** All of them. */
  public TangExpansions() {}

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
    ExpansionText text = ExpansionText.of(name, PREFIX, KEYS, form());
    TangAugmentation usual = TangAugmentation.PUBLISHED;
    TangAugmentation how =
        new TangAugmentation(
            text.number("mask", usual.mask()),
            text.number("tag", usual.tag()),
            text.number("ngram", usual.ngram()));
    return new Tang(text.turns(), how, text.whole("seed", 1), text.path("tags"));
  }

  private record Tang(int turns, TangAugmentation how, long seed, Path tags) implements Expansion {
    @Override
    public Dataset of(Dataset train) {
      TextDataset texts = ExpansionText.texts(train);
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
