package limbeck.nlp.augment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.Expansion;
import limbeck.kd.data.ExpansionSource;
import limbeck.nlp.data.FileHash;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.model.BertFiles;
import limbeck.nlp.text.TokenizerFile;

/**
 * TinyBERT's expansions of texts: {@code tinybert:20,model=DIR,vectors=FILE} makes of every text 20
 * others, in which words stand that a masked language model of a folder guesses there; words that
 * it has no guesses for, being several pieces, become words of the set with a vector near by. One
 * of the two will do. More settings: {@code replace=0.4}, {@code candidates=15}, {@code seed=1}.
 */
public final class SubstitutionExpansions implements ExpansionSource {
  private static final String PREFIX = "tinybert:";
  private static final long STREAM = 0x54494e59; // "TINY"
  private static final Set<String> KEYS =
      Set.of("model", "vectors", "replace", "candidates", "seed");

  /** All of them. */
  public SubstitutionExpansions() {}

  @Override
  public boolean knows(String name) {
    return name.startsWith(PREFIX);
  }

  @Override
  public String form() {
    return "tinybert:<turns>,model=<folder>[,vectors=<file>][,replace=0.4][,candidates=15][,seed=1]";
  }

  @Override
  public Expansion of(String name) {
    ExpansionText text = ExpansionText.of(name, PREFIX, KEYS, form());
    WordSubstitution usual = WordSubstitution.PUBLISHED;
    long candidates = text.whole("candidates", usual.candidates());
    if (candidates != (int) candidates) {
      throw text.wrong();
    }
    Path model = text.path("model");
    Path vectors = text.path("vectors");
    if (model == null && vectors == null) {
      throw new IllegalArgumentException(
          name + ": model=<folder> or vectors=<file> expected, which say what words may stand for");
    }
    WordSubstitution how =
        new WordSubstitution(text.number("replace", usual.replace()), (int) candidates);
    return new Substitution(text.turns(), how, text.whole("seed", 1), model, vectors);
  }

  private record Substitution(int turns, WordSubstitution how, long seed, Path model, Path vectors)
      implements Expansion {
    @Override
    public Dataset of(Dataset train) {
      TextDataset texts = ExpansionText.texts(train);
      return texts.made("expansion " + identity(), () -> made(texts));
    }

    private TextDataset made(TextDataset texts) {
      TransferSet set = new TransferSet(texts, STREAM);
      WordSubstitution.Candidates candidates = candidates(set.words());
      return set.times(turns, seed, (i, random) -> how.of(set.words().get(i), candidates, random));
    }

    /** Of the model, and where it has none of the vectors. */
    private WordSubstitution.Candidates candidates(List<List<String>> sentences) {
      try {
        WordSubstitution.Candidates near = (words, i) -> List.of();
        if (vectors != null) {
          Set<String> all = new TreeSet<>();
          sentences.forEach(all::addAll);
          near = new WordNeighbours(all, vectors, how.candidates());
        }
        if (model == null) {
          return near;
        }
        WordSubstitution.Candidates guesses = new MaskedGuesses(model, how.candidates());
        WordSubstitution.Candidates others = near;
        return (words, i) -> {
          List<String> guessed = guesses.of(words, i);
          return guessed.isEmpty() ? others.of(words, i) : guessed;
        };
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }

    @Override
    public String identity() {
      return "tinybert of "
          + turns
          + " turns, "
          + how
          + ", seed "
          + seed
          + ", model "
          + (model == null ? "none" : ofModel())
          + ", vectors "
          + (vectors == null ? "none" : FileHash.of(vectors));
    }

    private String ofModel() {
      Path vocab = model.resolve(TokenizerFile.VOCAB);
      Path json = model.resolve(TokenizerFile.JSON);
      return FileHash.of(model.resolve(BertFiles.WEIGHTS))
          + "/"
          + FileHash.of(model.resolve(BertFiles.CONFIG))
          + "/"
          + FileHash.of(Files.exists(json) ? json : vocab);
    }
  }
}
