package limbeck.bench.workload;

import java.util.List;
import java.util.stream.Stream;

/**
 * The matrix products in the workloads, as texts that {@link limbeck.bench.Product} reads. A layer
 * computes y = x · wᵀ (form nt), and in training dx = dy · w (nn) and dw = dyᵀ · x (tn); programs
 * pack weights once (np). Rows of x are batch · time; images are multiplied one by one.
 */
public final class Products {
  /** Forward and backward passes of training. */
  public static final List<String> TRAIN =
      List.of(
          // mlp-teacher and mlp-student
          "nt:100:1200:784",
          "nn:100:784:1200",
          "tn:1200:784:100",
          "nt:100:1200:1200",
          "nn:100:1200:1200",
          "tn:1200:1200:100",
          "nt:100:10:1200",
          "nn:100:1200:10",
          "tn:10:1200:100",
          "nt:100:800:784",
          "tn:800:784:100",
          // mlp-tiny
          "nt:32:64:64",
          "nn:32:64:64",
          "tn:64:64:32",
          // bert-mini
          "nt:2048:256:256",
          "nn:2048:256:256",
          "tn:256:256:2048",
          "nt:2048:1024:256",
          "nn:2048:256:1024",
          "tn:1024:256:2048",
          "nt:2048:256:1024",
          "nn:2048:1024:256",
          "tn:256:1024:2048",
          // bert-tiny
          "nt:4096:128:128",
          "nt:4096:512:128",
          "nn:4096:128:512",
          "tn:512:128:4096",
          "nt:32:512:128",
          "tn:512:128:32",
          // heads: scores, their values, gradients of values
          "nt:128:128:64",
          "nn:128:64:128",
          "tn:128:64:128",
          // bilstm: all inputs at once, their weights; a step of the recurrence
          "nt:1600:600:300",
          "tn:600:300:1600",
          "nt:8:600:150",
          // convolutions of resnet20: an image, gradients of weights
          "nn:16:1024:144",
          "nt:16:144:1024",
          "nn:32:256:288",
          "nn:64:64:576");

  /** Products of inference that have weights packed in advance, and the heads'. */
  public static final List<String> INFER =
      List.of(
          "np:1:1200:784",
          "nt:1:1200:784",
          "np:100:1200:784",
          "np:32:256:256",
          "np:32:384:384",
          "np:32:1536:384",
          "np:32:384:1536",
          "np:128:1536:384",
          "np:128:384:1536",
          "np:1024:1536:384",
          "nt:32:32:32",
          "nn:32:32:32",
          "np:32:600:300");

  /** All of them. */
  public static final List<String> ALL = Stream.of(TRAIN, INFER).flatMap(List::stream).toList();

  private Products() {}
}
