package limbeck.kd.specialist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import limbeck.engine.random.Philox;

/**
 * Sets of classes that a generalist confuses, one for each specialist.
 *
 * <p>k-means on the columns of the covariance of its predictions gives a centre for each
 * specialist: the paper does it online, for 15,000 classes; here all columns are looked at in every
 * round. Every specialist then has the same number of classes. In a first pass over all pairs of a
 * class and a centre, nearest first, a class goes to a centre unless it has one or the set is full:
 * so every class is special somewhere if there are places enough. In a second pass sets that are
 * not full take the nearest classes that they lack, but for one that would make them equal to a
 * full set, while there are others: so sets may overlap, as the paper's do, and differ. Of equal
 * distances the lower class is first, then the lower centre.
 */
public final class ConfusedClasses {
  private static final long CENTRES = 0x53504543; // "SPEC"

  /** A class, a centre and how far they are apart. */
  private record Pair(int ofClass, int centre, double distance) {}

  private ConfusedClasses() {}

  /**
   * The sets, in the order of their classes, the lowest first.
   *
   * @param logits of the generalist, row-major [examples, classes]
   * @param specialists how many sets
   * @param each how many classes a set has
   * @throws IllegalArgumentException if there are not fewer of them than classes in all, or more
   *     sets than classes
   */
  public static List<SpecialClasses> of(
      float[] logits, int classes, int specialists, int each, long seed) {
    if (each < 1 || each >= classes || specialists < 1 || specialists > classes) {
      throw new IllegalArgumentException(
          specialists
              + " specialists with "
              + each
              + " classes each: fewer classes than the "
              + classes
              + " there are expected, and no more specialists than that");
    }
    double[][] columns = Covariance.of(logits, classes); // symmetric: rows are columns
    double[][] centres = KMeans.centres(columns, specialists, new Philox(seed).stream(CENTRES));
    List<SpecialClasses> sets = new ArrayList<>();
    for (TreeSet<Integer> set : filled(columns, centres, each)) {
      sets.add(new SpecialClasses(classes, List.copyOf(set)));
    }
    sets.sort(ConfusedClasses::compare);
    return sets;
  }

  private static List<TreeSet<Integer>> filled(double[][] columns, double[][] centres, int each) {
    List<TreeSet<Integer>> sets = new ArrayList<>();
    for (int k = 0; k < centres.length; k++) {
      sets.add(new TreeSet<>());
    }
    List<Pair> pairs = pairs(columns, centres);
    TreeSet<Integer> placed = new TreeSet<>();
    for (Pair p : pairs) {
      if (sets.get(p.centre).size() < each && placed.add(p.ofClass)) {
        sets.get(p.centre).add(p.ofClass);
      }
    }
    for (boolean different : new boolean[] {true, false}) {
      for (Pair p : pairs) {
        TreeSet<Integer> set = sets.get(p.centre);
        TreeSet<Integer> more = new TreeSet<>(set);
        more.add(p.ofClass);
        boolean repeats = different && more.size() == each && sets.contains(more);
        if (set.size() < each && !repeats) {
          set.add(p.ofClass);
        }
      }
    }
    return sets;
  }

  private static List<Pair> pairs(double[][] columns, double[][] centres) {
    List<Pair> pairs = new ArrayList<>();
    for (int c = 0; c < columns.length; c++) {
      for (int k = 0; k < centres.length; k++) {
        pairs.add(new Pair(c, k, KMeans.squaredDistance(columns[c], centres[k])));
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::distance)); // stable
    return pairs;
  }

  private static int compare(SpecialClasses a, SpecialClasses b) {
    for (int i = 0; i < a.special().size(); i++) {
      int order = Integer.compare(a.special().get(i), b.special().get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
