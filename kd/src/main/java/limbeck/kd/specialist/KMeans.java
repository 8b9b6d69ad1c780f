package limbeck.kd.specialist;

import java.util.Arrays;
import limbeck.engine.random.Philox;

/**
 * Centres of clusters: points that the sum of squared distances from each given point to the
 * nearest of them is small for. S. Lloyd's algorithm (Least squares quantization in PCM, 1982) from
 * several starts, of which the best is kept, the first of equals; a start is drawn as D. Arthur and
 * S. Vassilvitskii do it (k-means++, SODA 2007). A function of points, number and generator.
 */
final class KMeans {
  private static final int STARTS = 20;
  private static final int MOST_ROUNDS = 200;

  private final double[][] points;
  private final int clusters;

  private KMeans(double[][] points, int clusters) {
    this.points = points;
    this.clusters = clusters;
  }

  /** So many centres. */
  static double[][] centres(double[][] points, int clusters, Philox random) {
    KMeans means = new KMeans(points, clusters);
    double[][] best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int start = 0; start < STARTS; start++) {
      double[][] centres = means.settled(means.drawn(random.stream(start)));
      double cost = Arrays.stream(means.distances(centres)).sum();
      if (cost < least) {
        least = cost;
        best = centres;
      }
    }
    return best;
  }

  static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  /** The first centre is any point; each further one a point far from those before. */
  private double[][] drawn(Philox random) {
    double[][] centres = new double[clusters][];
    centres[0] = points[random.below(0, points.length)];
    for (int k = 1; k < clusters; k++) {
      double[] distances = distances(Arrays.copyOf(centres, k));
      centres[k] = points[drawn(distances, random.uniformDouble(k))];
    }
    return centres;
  }

  /** An index with chances in proportion to the weights; the first one if all are 0. */
  private static int drawn(double[] weights, double uniform) {
    double all = 0;
    for (double w : weights) {
      all += w;
    }
    double left = uniform * all;
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return 0;
  }

  /** Of each point, the squared distance to the nearest centre. */
  private double[] distances(double[][] centres) {
    double[] distances = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      distances[i] = squaredDistance(points[i], centres[nearest(points[i], centres)]);
    }
    return distances;
  }

  private static int nearest(double[] point, double[][] centres) {
    int nearest = 0;
    for (int k = 1; k < centres.length; k++) {
      if (squaredDistance(point, centres[k]) < squaredDistance(point, centres[nearest])) {
        nearest = k;
      }
    }
    return nearest;
  }

  /** Moves centres to the means of their points until no point changes its centre. */
  private double[][] settled(double[][] start) {
    double[][] centres = start;
    int[] before = null;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      int[] cluster = new int[points.length];
      for (int i = 0; i < points.length; i++) {
        cluster[i] = nearest(points[i], centres);
      }
      if (Arrays.equals(cluster, before)) {
        return centres;
      }
      before = cluster;
      centres = means(cluster, centres);
    }
    return centres;
  }

  /** The mean of each cluster; a centre without points stays. */
  private double[][] means(int[] cluster, double[][] centres) {
    double[][] means = new double[clusters][points[0].length];
    int[] counts = new int[clusters];
    for (int i = 0; i < points.length; i++) {
      counts[cluster[i]]++;
      for (int d = 0; d < points[i].length; d++) {
        means[cluster[i]][d] += points[i][d];
      }
    }
    for (int k = 0; k < clusters; k++) {
      if (counts[k] == 0) {
        means[k] = centres[k];
      }
      for (int d = 0; d < points[0].length && counts[k] > 0; d++) {
        means[k][d] /= counts[k];
      }
    }
    return means;
  }
}
