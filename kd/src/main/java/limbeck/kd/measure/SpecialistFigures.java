package limbeck.kd.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.WithSpecialists;
import limbeck.kd.vision.Specialists;

/**
 * What is measured of specialists: the accuracy on the examples of their classes, where only these
 * are to choose from. Hinton, Vinyals and Dean 2015, arXiv:1503.02531, section 5.5, call it
 * conditional accuracy.
 */
public final class SpecialistFigures {
  private final Results results;

  /** Of a finished run. */
  public SpecialistFigures(Results results) {
    this.results = results;
  }

  /**
   * Figures of a network by name; none if it is no specialist of a network that is asked with its
   * specialists.
   */
  public Map<String, Double> of(Measured m) {
    Map<String, Double> figures = new LinkedHashMap<>();
    Arm arm = m.trained().arm();
    for (Arm all : results.experiment().arms()) {
      if (all.derivation() instanceof WithSpecialists with
          && with.specialists().contains(arm.id())) {
        long seed = m.trained().seed();
        List<Integer> classes = classes(all, seed).get(with.specialists().indexOf(arm.id()));
        figures.put("accuracy among its classes", conditional(m, classes));
        Measured generalist = results.of(with.generalist(), seed);
        figures.put(
            "accuracy of " + with.generalist() + " there", conditional(generalist, classes));
        figures.put(
            "accuracy of " + all.id() + " there", conditional(results.of(all.id(), seed), classes));
      }
    }
    return figures;
  }

  private double conditional(Measured m, List<Integer> classes) {
    return accuracy(m.logits(), results.labels(), results.classes(), classes);
  }

  /**
   * The share of examples of some classes for which the largest logit among these classes is that
   * of the label; NaN if there is no such example.
   *
   * @param logits row-major [examples, classes]
   */
  static double accuracy(float[] logits, int[] labels, int classes, List<Integer> among) {
    int all = 0;
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      if (among.contains(labels[i])) {
        int best = among.get(0);
        for (int c : among) {
          best = logits[i * classes + c] > logits[i * classes + best] ? c : best;
        }
        all++;
        right += best == labels[i] ? 1 : 0;
      }
    }
    return all == 0 ? Double.NaN : (double) right / all;
  }

  /** The classes of specialists in words, by seed; empty if there are no specialists. */
  public Map<Long, String> classes() {
    Map<Long, String> bySeed = new TreeMap<>();
    for (Arm all : results.experiment().arms()) {
      if (all.derivation() instanceof WithSpecialists) {
        for (long seed : results.experiment().seeds()) {
          bySeed.put(seed, words(classes(all, seed)));
        }
      }
    }
    return bySeed;
  }

  private String words(List<List<Integer>> sets) {
    List<String> names = results.experiment().evaluation().classNames();
    List<String> words = new ArrayList<>();
    for (List<Integer> set : sets) {
      words.add(String.join(" ", set.stream().map(names::get).toList()));
    }
    return String.join(" / ", words);
  }

  private List<List<Integer>> classes(Arm all, long seed) {
    return Specialists.classes(results.of(all.id(), seed).trained().network());
  }
}
