package limbeck.kd.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Examples in memory, all of one kind, with what is to be said of them: either each has a class,
 * its label; or each has a score, a number, and there are no classes ({@link #scored}). Immutable;
 * safe to read from several threads.
 */
public interface Dataset {
  /** What reports call it, for example {@code mnist-train}. */
  String name();

  /** The number of examples. */
  int size();

  /** What an example is, in words, for messages: sets that one network can read say the same. */
  String form();

  /** What reports call the kind of its examples: {@code image} or {@code text}. */
  default String kind() {
    return "image";
  }

  /**
   * Example {@code i} as a reader sees it, if it is a text; else null.
   *
   * @throws IndexOutOfBoundsException if there is no example {@code i}
   */
  default String asText(int i) {
    return null;
  }

  /**
   * How long example {@code i} is, in any unit: batches of examples of different lengths are made
   * of such as are of about the same.
   *
   * @throws IndexOutOfBoundsException if there is no example {@code i}
   */
  default int length(int i) {
    return 1;
  }

  /** Whether all examples are of one {@link #length}. */
  default boolean ofOneLength() {
    for (int i = 1; i < size(); i++) {
      if (length(i) != length(0)) {
        return false;
      }
    }
    return true;
  }

  /** Whether examples have scores to be regressed on, and no classes. */
  default boolean scored() {
    return false;
  }

  /**
   * The score of example {@code i}, a finite number.
   *
   * @throws IllegalStateException if examples have classes
   * @throws IndexOutOfBoundsException if there is no example {@code i}
   */
  default double score(int i) {
    throw new IllegalStateException(name() + ": its examples have classes, not scores");
  }

  /** How many numbers a network says of an example: a logit for each class, or one score. */
  default int outputs() {
    return scored() ? 1 : classes();
  }

  /** The name of each class, in label order; none where examples have scores. */
  List<String> classNames();

  /**
   * The number of classes: labels are 0 to {@code classes() - 1}, though not every one need occur;
   * 0 where examples have scores.
   */
  default int classes() {
    return classNames().size();
  }

  /**
   * The label of example {@code i}.
   *
   * @throws IllegalStateException if examples have scores
   * @throws IndexOutOfBoundsException if there is no example {@code i}
   */
  int label(int i);

  /**
   * What networks are shown of some examples, in memory of its own where it takes any.
   *
   * @throws IndexOutOfBoundsException if there is no such example
   */
  Inputs inputs(int[] indices);

  /**
   * SHA-256 of the content, 64 lower-case hexadecimal digits: form, class names, labels or scores,
   * and examples in order. Two sets with the same digest train the same model, whatever files they
   * came from and whatever they are called.
   */
  String digest();

  /**
   * The examples at {@code indices}, in that order; an index may occur more than once. Shares the
   * values with this set.
   *
   * @throws IndexOutOfBoundsException if there is no such example
   */
  Dataset subset(int[] indices);

  /**
   * Examples {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @throws IndexOutOfBoundsException if the range does not lie inside the set
   */
  default Dataset slice(int from, int to) {
    if (from < 0 || from > to || to > size()) {
      throw new IndexOutOfBoundsException(
          name() + ": no range " + from + ".." + to + " in " + size() + " examples");
    }
    return subset(IntStream.range(from, to).toArray());
  }

  /**
   * The examples of the given classes, in order. Labels and {@link #classNames()} stay as they are,
   * so that a student of fewer classes can be tested on all: the omitted-class transfer sets of
   * Hinton et al. 2015, section 3.
   *
   * @throws IllegalArgumentException if one is not a class of this set
   */
  default Dataset ofClasses(int... wanted) {
    boolean[] keep = new boolean[classes()];
    for (int c : wanted) {
      if (c < 0 || c >= keep.length) {
        throw new IllegalArgumentException(
            name() + ": no class " + c + "; there are " + keep.length);
      }
      keep[c] = true;
    }
    return subset(IntStream.range(0, size()).filter(i -> keep[label(i)]).toArray());
  }

  /**
   * The same examples with classes put together, or called otherwise. Shares the values with this
   * set.
   *
   * @param names of the new classes
   * @param classOf the new class of each class
   * @throws IllegalArgumentException if there is not one for each class, or it is not there
   */
  Dataset grouped(List<String> names, int[] classOf);

  /** How many examples each class has, in label order. */
  default int[] classCounts() {
    int[] counts = new int[classes()];
    for (int i = 0; i < size(); i++) {
      counts[label(i)]++;
    }
    return counts;
  }

  /** All labels, in order, as a new array. */
  default int[] labels() {
    int[] labels = new int[size()];
    Arrays.setAll(labels, this::label);
    return labels;
  }

  /**
   * All scores, in order, as a new array.
   *
   * @throws IllegalStateException if examples have classes
   */
  default double[] scores() {
    double[] scores = new double[size()];
    Arrays.setAll(scores, this::score);
    return scores;
  }
}
