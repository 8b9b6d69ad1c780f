package limbeck.nlp.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;
import limbeck.kd.data.ContentDigest;
import limbeck.kd.data.Dataset;

/**
 * Texts, or pairs of texts, in memory, with their classes or their scores. Subsets share them, and
 * what networks make of them: each text is cut into tokens once for all networks with the same
 * tokenizer.
 */
public final class TextDataset implements Dataset {
  private static final int MOST_CLASSES = 1 << 16;

  private final String name;
  private final List<String> classNames;
  private final Content content;
  private final int[] labels; // of all examples of the content; null where they have scores
  private final int[] rows; // number of example i in the content; null: i itself
  private volatile String digest; // computed once wanted; a race computes the same

  /** Examples, with what was made of them. */
  private static final class Content {
    private final List<TextExample> examples;
    private final Map<Object, AtomicReferenceArray<int[][]>> codes = new ConcurrentHashMap<>();
    private final Map<Object, Object> made = new ConcurrentHashMap<>();

    Content(List<TextExample> examples) {
      this.examples = List.copyOf(examples);
    }
  }

  /**
   * Texts with their classes.
   *
   * @throws IllegalArgumentException if some are pairs and some are not, or one's target is no
   *     class
   */
  public TextDataset(String name, List<String> classNames, List<TextExample> examples) {
    this(
        name,
        List.copyOf(classNames),
        new Content(examples),
        examples.stream().mapToInt(TextExample::label).toArray(),
        null);
    check();
  }

  private TextDataset(
      String name, List<String> classNames, Content content, int[] labels, int[] rows) {
    this.name = name;
    this.classNames = classNames;
    this.content = content;
    this.labels = labels;
    this.rows = rows;
  }

  /**
   * Texts with their scores.
   *
   * @throws IllegalArgumentException if some are pairs and some are not, or one's target is not
   *     finite
   */
  public static TextDataset scored(String name, List<TextExample> examples) {
    TextDataset data = new TextDataset(name, List.of(), new Content(examples), null, null);
    for (int i = 0; i < examples.size(); i++) {
      double score = examples.get(i).target();
      if (!(Math.abs(score) <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            name + ": score " + score + " of text " + i + " is not finite in float32");
      }
      data.checkPair(i);
    }
    return data;
  }

  private void check() {
    if (classNames.isEmpty() || classNames.size() > MOST_CLASSES) {
      throw new IllegalArgumentException(
          name + ": " + classNames.size() + " classes; 1 to " + MOST_CLASSES + " are supported");
    }
    for (int i = 0; i < labels.length; i++) {
      TextExample e = content.examples.get(i);
      if (labels[i] < 0 || labels[i] >= classNames.size() || labels[i] != e.target()) {
        throw new IllegalArgumentException(
            name
                + ": target "
                + e.target()
                + " of text "
                + i
                + " is not one of "
                + classNames.size()
                + " classes");
      }
      checkPair(i);
    }
  }

  private void checkPair(int i) {
    boolean pair = content.examples.get(i).pair();
    if (pair != pairs()) {
      throw new IllegalArgumentException(
          name + ": text " + i + " is " + (pair ? "a pair" : "one") + ", the first is not");
    }
  }

  /** Whether examples are of two texts. */
  public boolean pairs() {
    return !content.examples.isEmpty() && content.examples.get(0).pair();
  }

  /**
   * Example {@code i}.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public TextExample text(int i) {
    return content.examples.get(row(i));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return rows == null ? content.examples.size() : rows.length;
  }

  @Override
  public String form() {
    return pairs() ? "pairs of texts" : "texts";
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public boolean scored() {
    return labels == null;
  }

  @Override
  public int label(int i) {
    requireClasses();
    return labels[row(i)];
  }

  private void requireClasses() {
    if (scored()) {
      throw new IllegalStateException(name + ": its examples have scores, not classes");
    }
  }

  @Override
  public double score(int i) {
    return scored() ? text(i).target() : Dataset.super.score(i);
  }

  private int row(int i) {
    if (i < 0 || i >= size()) {
      throw new IndexOutOfBoundsException(name + ": no example " + i + "; there are " + size());
    }
    return rows == null ? i : rows[i];
  }

  @Override
  public String kind() {
    return "text";
  }

  /** Of a pair both texts, with a line between. */
  @Override
  public String asText(int i) {
    TextExample e = text(i);
    return e.pair() ? e.first() + " | " + e.second() : e.first();
  }

  /** In characters. */
  @Override
  public int length(int i) {
    TextExample e = text(i);
    return e.first().length() + (e.pair() ? e.second().length() : 0);
  }

  @Override
  public TextInputs inputs(int[] indices) {
    return new TextInputs(this, indices.clone());
  }

  @Override
  public TextDataset subset(int[] indices) {
    int[] chosen = Arrays.stream(indices).map(this::row).toArray();
    return new TextDataset(name, classNames, content, labels, chosen);
  }

  @Override
  public TextDataset grouped(List<String> names, int[] classOf) {
    requireClasses();
    if (classOf.length != classes()) {
      throw new IllegalArgumentException(
          name + ": a class for each of " + classes() + " expected, were " + classOf.length);
    }
    int[] other = Arrays.stream(labels).map(label -> classOf[label]).toArray();
    for (int label : other) {
      if (label < 0 || label >= names.size()) {
        throw new IllegalArgumentException(
            name + ": label " + label + " is not one of " + names.size() + " classes");
      }
    }
    return new TextDataset(name, List.copyOf(names), content, other, rows);
  }

  @Override
  public String digest() {
    String known = digest;
    if (known == null) {
      ContentDigest d = new ContentDigest(scored() ? "limbeck scored texts 1" : "limbeck texts 1");
      d.text(form()).number(classes());
      classNames.forEach(d::text);
      d.number(size());
      for (int i = 0; i < size(); i++) {
        TextExample e = text(i);
        if (scored()) {
          long bits = Double.doubleToLongBits(score(i));
          d.number((int) (bits >>> 32)).number((int) bits);
        } else {
          d.number(label(i));
        }
        d.text(e.first());
        if (e.pair()) {
          d.text(e.second());
        }
      }
      known = d.hex();
      digest = known;
    }
    return known;
  }

  /**
   * What somebody makes of example {@code i}, made once for him and all that are equal to him.
   *
   * @param who makes it: his equals make the same
   */
  public int[][] codes(int i, Object who, Function<TextExample, int[][]> maker) {
    AtomicReferenceArray<int[][]> all =
        content.codes.computeIfAbsent(
            who, w -> new AtomicReferenceArray<>(content.examples.size()));
    int row = row(i);
    int[][] found = all.get(row);
    if (found == null) {
      found = maker.apply(content.examples.get(row));
      all.set(row, found); // a race makes the same
    }
    return found;
  }

  /**
   * Something that is made of this very set, such as a vocabulary, made once.
   *
   * @param key says what, and how
   */
  @SuppressWarnings("unchecked") // of one key, one kind of thing is made
  public <T> T made(Object key, Supplier<T> maker) {
    return (T) content.made.computeIfAbsent(List.of(key, digest()), k -> maker.get());
  }
}
