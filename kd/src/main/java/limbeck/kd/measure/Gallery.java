package limbeck.kd.measure;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.Image;
import limbeck.kd.data.ImageDataset;
import limbeck.kd.data.Png;
import limbeck.kd.report.Example;

/**
 * Test examples for the report, chosen by fixed rules, so that a run always shows the same ones;
 * one is shown once, for the first reason that holds:
 *
 * <ol>
 *   <li>{@code repaired}: the student alone is wrong, the distilled student and its teacher are
 *       right; highest entropy of that teacher at the recipe's temperature first, up to 6;
 *   <li>{@code ambiguous}: all are right; highest entropy first, at most 2 a class, up to 8;
 *   <li>{@code typical}: the first examples of distinct classes, up to 6;
 *   <li>{@code teacher wrong}: the first ones, up to 2;
 *   <li>{@code broken}: the student alone is right, the distilled one wrong: the first, up to 2.
 * </ol>
 *
 * <p>Networks of the first seed. In a chain the teacher is the nearest one, whose targets the
 * student is taught.
 */
public final class Gallery {
  private final Dataset data;
  private final Map<String, float[]> logits;
  private final String target;
  private final int classes;
  private final int[] byEntropy;
  private final Map<Integer, String> chosen = new LinkedHashMap<>();

  private Gallery(Dataset data, Map<String, float[]> logits, double temperature) {
    this.data = data;
    this.logits = logits;
    this.classes = data.classes();
    this.target = Results.targetRole(logits);
    this.byEntropy = byEntropy(logits.get(target), data.size(), classes, temperature);
  }

  /**
   * At most 24 examples; empty without a teacher, or if the data are images, but no grey or RGB.
   */
  public static List<Example> of(Results results) {
    Map<String, float[]> logits = results.firstLogits();
    Dataset data = results.experiment().evaluation();
    if (logits.isEmpty() || !isShown(data)) {
      return List.of();
    }
    return new Gallery(data, logits, results.shownTemperature()).choose();
  }

  private static boolean isShown(Dataset data) {
    boolean images = data instanceof ImageDataset i && (i.channels() == 1 || i.channels() == 3);
    return images || data.size() > 0 && data.asText(0) != null;
  }

  private static int[] byEntropy(float[] teacher, int n, int classes, double temperature) {
    double[] entropy = new double[n];
    double[] p = new double[classes];
    for (int i = 0; i < n; i++) {
      Softened.row(teacher, i, temperature, p);
      entropy[i] = Softened.entropy(p);
    }
    return IntStream.range(0, n)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> entropy[i]).reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private List<Example> choose() {
    int[] inOrder = IntStream.range(0, data.size()).toArray();
    pick(
        "repaired",
        byEntropy,
        6,
        data.size(),
        i -> !right("student", i) && right("distilled", i) && right(target, i));
    pick(
        "ambiguous",
        byEntropy,
        8,
        2,
        i -> right("student", i) && right("distilled", i) && right(target, i));
    pick("typical", inOrder, 6, 1, i -> true);
    pick("teacher wrong", inOrder, 2, data.size(), i -> !right(target, i));
    pick("broken", inOrder, 2, data.size(), i -> right("student", i) && !right("distilled", i));
    List<Example> examples = new ArrayList<>();
    chosen.forEach((index, why) -> examples.add(example(index, why)));
    return examples;
  }

  private void pick(String why, int[] order, int most, int mostOfAClass, IntPredicate wanted) {
    int[] ofClass = new int[classes];
    Set<Integer> picked = new LinkedHashSet<>();
    for (int i : order) {
      int label = data.label(i);
      if (picked.size() < most
          && ofClass[label] < mostOfAClass
          && !chosen.containsKey(i)
          && wanted.test(i)) {
        picked.add(i);
        ofClass[label]++;
      }
    }
    picked.forEach(i -> chosen.put(i, why));
  }

  private boolean right(String role, int i) {
    return Softened.argMax(logits.get(role), i, classes) == data.label(i);
  }

  private Example example(int index, String why) {
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    logits.forEach(
        (role, z) ->
            rows.put(
                role,
                IntStream.range(index * classes, (index + 1) * classes)
                    .mapToObj(k -> (double) z[k])
                    .toList()));
    String text = data.asText(index);
    if (text != null) {
      return new Example(index, data.label(index), why, null, false, text, rows);
    }
    ImageDataset images = (ImageDataset) data;
    boolean grey = images.channels() == 1;
    return new Example(index, data.label(index), why, image(images, index), grey, null, rows);
  }

  private static String image(ImageDataset data, int index) {
    byte[] planes = data.bytes(index);
    int area = data.height() * data.width();
    byte[] pixels = new byte[planes.length];
    for (int c = 0; c < data.channels(); c++) {
      for (int k = 0; k < area; k++) {
        pixels[k * data.channels() + c] = planes[c * area + k];
      }
    }
    byte[] png = Png.bytes(new Image(data.width(), data.height(), data.channels(), pixels));
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
