package limbeck.bench.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import limbeck.engine.exec.Workers;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.data.CifarBinary;
import limbeck.kd.data.ImageDataset;

/**
 * Trains the workloads on small real sets, and shows that they learn: the loss at the start and at
 * the end, the time and the heap that a step takes, the digest of the weights; then whether the
 * traced program gives the network's bits at three batch sizes.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp bench/target/benchmarks.jar \
 *     limbeck.bench.workload.TrainWorkloads DATA [STEPS [NAME…]]
 * </pre>
 *
 * <p>DATA holds {@code cifar10/*.bin.gz}, the first images of CIFAR-10's first binary batch, and
 * {@code sst2/train.tsv.gz}, the Stanford sentiment treebank as a table of sentence and label.
 */
public final class TrainWorkloads {
  /** Examples of a set: few, so that a network learns them by heart in a minute or two. */
  private static final int MOST = 512;

  private static final int EDGE = 5;

  private TrainWorkloads() {}

  /**
   * @param args the folder of the data sets, the number of steps, and which workloads
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      System.err.println("usage: TrainWorkloads DATA [STEPS [NAME…]]");
      System.exit(2);
    }
    int steps = args.length > 1 ? Integer.parseInt(args[1]) : 60;
    List<String> names =
        args.length > 2
            ? List.of(args).subList(2, args.length)
            : List.of("bert-mini", "bilstm", "resnet20", "plain-cnn");
    System.out.printf(
        Locale.ROOT, "Java %s, %d workers%n", Runtime.version(), Workers.shared().count());
    for (String name : names) {
      show(Workloads.named(name), Path.of(args[0]), steps);
    }
  }

  private static void show(Workload w, Path data, int steps) throws IOException {
    Examples set = w.example().rank() == 3 ? images(data) : sentences(data, w.example());
    TrainingRun run = TrainingRun.of(w, set, w.batch(), steps, Workers.shared());
    System.out.printf(
        Locale.ROOT,
        "%-10s %s, %d examples, batch %d%n"
            + "  loss %.4f (steps 1 to %d) -> %.4f (steps %d to %d)%n"
            + "  %.1f ms and %d bytes a step; weights %s%n",
        w.name(),
        set.name(),
        set.size(),
        w.batch(),
        run.meanLoss(0, EDGE),
        EDGE,
        run.meanLoss(steps - EDGE, EDGE),
        steps - EDGE + 1,
        steps,
        run.milliseconds(),
        run.bytes(),
        run.hash().substring(0, 12));
    String difference =
        TracedCheck.difference(run.network(), set, w.classes(), Workers.shared(), 1, 7, w.batch());
    System.out.println(
        difference == null
            ? "  traced: equal bits at batches 1, 7 and " + w.batch()
            : "  traced: DIFFERS, " + difference);
  }

  private static Examples sentences(Path data, Shape example) throws IOException {
    return WordVectors.read(data.resolve("sst2").resolve("train.tsv.gz"), example, MOST);
  }

  /** Pixels from −1 to 1. */
  private static Examples images(Path data) throws IOException {
    Path file;
    try (var files = Files.newDirectoryStream(data.resolve("cifar10"), "data_batch_1*.bin*")) {
      file = files.iterator().next();
    }
    ImageDataset set = CifarBinary.read(file);
    Tensor x = Tensor.zeros(DType.F32, Shape.of(MOST, 3, 32, 32));
    int[] labels = new int[MOST];
    int each = set.example().size();
    for (int i = 0; i < MOST; i++) {
      set.read(i, x.floats(), i * each);
      labels[i] = set.label(i);
    }
    for (int i = 0; i < x.size(); i++) {
      x.floats()[i] = 2 * x.floats()[i] - 1;
    }
    return new Examples(file.getFileName().toString(), x, labels);
  }
}
