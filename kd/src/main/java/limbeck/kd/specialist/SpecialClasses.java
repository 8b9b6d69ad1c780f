package limbeck.kd.specialist;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The classes that a specialist tells apart. It has an output for each of them, in ascending order,
 * and one more, the last: the dustbin, for all other classes together.
 *
 * @param classes how many classes there are in all
 * @param special those of the specialist, ascending
 */
public record SpecialClasses(int classes, List<Integer> special) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException unless the classes are there, ascending and different, and one
   *     at least is special and one is not
   */
  public SpecialClasses {
    special = List.copyOf(special);
    boolean ascending = true;
    for (int i = 1; i < special.size(); i++) {
      ascending &= special.get(i - 1) < special.get(i);
    }
    if (!ascending
        || special.isEmpty()
        || special.size() >= classes
        || special.get(0) < 0
        || special.get(special.size() - 1) >= classes) {
      throw new IllegalArgumentException(
          "special classes "
              + special
              + " of "
              + classes
              + ": different ones in ascending order expected, one at least and not all");
    }
  }

  /** The number of outputs, the dustbin among them. */
  public int outputs() {
    return special.size() + 1;
  }

  /** The output of all classes that are not special: the last. */
  public int dustbin() {
    return special.size();
  }

  /** Whether a class is special. */
  public boolean contains(int c) {
    return special.contains(c);
  }

  /** The output that a class belongs to. */
  public int output(int c) {
    int at = special.indexOf(c);
    return at < 0 ? dustbin() : at;
  }

  /** The output of each class, by class. */
  public int[] outputsOfClasses() {
    return IntStream.range(0, classes).map(this::output).toArray();
  }

  /** How many classes the dustbin stands for. */
  public int others() {
    return classes - special.size();
  }

  /** Names of the outputs. */
  public List<String> names(List<String> classNames) {
    List<String> names = new ArrayList<>();
    special.forEach(c -> names.add(classNames.get(c)));
    names.add("others");
    return names;
  }
}
