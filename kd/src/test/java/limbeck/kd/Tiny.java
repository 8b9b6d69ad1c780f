package limbeck.kd;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.io.WeightHash;
import limbeck.engine.random.Philox;
import limbeck.kd.data.ImageDataset;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.Settings;
import limbeck.kd.report.Row;
import limbeck.kd.report.RunReport;
import limbeck.kd.train.Trained;

/** Data and experiments that take milliseconds: images of 4 by 4, three classes. */
public final class Tiny {
  private static final int SIDE = 4;
  private static final int CLASSES = 3;

  private Tiny() {}

  /** Noisy images: of class c, every third pixel from c on is bright. */
  public static ImageDataset images(long stream, int n) {
    Philox random = new Philox(17, stream);
    int size = SIDE * SIDE;
    byte[] values = new byte[n * size];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = random.below(i, CLASSES);
      for (int k = 0; k < size; k++) {
        int ink = (k % CLASSES == labels[i] ? 90 : 0) + random.below(n + i * size + k, 160);
        values[i * size + k] = (byte) ink;
      }
    }
    return new ImageDataset(
        "tiny-" + stream, SIDE, SIDE, 1, List.of("a", "b", "c"), values, labels);
  }

  /** 60 examples to train on and 40 to test, one seed. */
  public static Experiment experiment(String... settings) {
    return experiment(List.of(1L), settings);
  }

  /** As above, with other seeds. */
  public static Experiment experiment(List<Long> seeds, String... settings) {
    return experiment(new TinyRecipe(), seeds, settings);
  }

  /** As above, of another recipe. */
  public static Experiment experiment(Recipe recipe, List<Long> seeds, String... settings) {
    Settings changed = recipe.defaults().with(List.of(settings));
    return Experiment.of(recipe, changed, images(1, 60), images(2, 40), seeds);
  }

  /** Hashes of weights, in the order given. */
  public static List<String> hashes(List<Trained> networks) {
    return networks.stream().map(t -> WeightHash.of(t.network().state())).toList();
  }

  /** Hashes of weights in a report, by role, arm and seed. */
  public static List<String> hashes(RunReport report) {
    List<String> hashes = new ArrayList<>();
    for (Row r : report.rows()) {
      hashes.add(r.armId() + "/" + r.seed() + " " + r.weightsSha256());
    }
    return hashes;
  }
}
