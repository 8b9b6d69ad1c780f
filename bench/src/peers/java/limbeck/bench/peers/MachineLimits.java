package limbeck.bench.peers;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What this machine can do at most, measured on the spot: multiply-adds in registers, and bytes
 * read from memory.
 *
 * @param multiplyAdds a second, all threads together
 * @param bytes a second, all threads together
 */
record MachineLimits(double multiplyAdds, double bytes) {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int TURNS = 1 << 16;
  private static final int CHAINS = 12;
  private static final int FLOATS = 1 << 25;
  private static final int PIECE = 1 << 14;
  private static final int ATTEMPTS = 40;

  static MachineLimits measure(int threads) {
    double fma = best(threads, MachineLimits::multiplyAddsPerSecond);
    double read = best(threads, MachineLimits::bytesPerSecond);
    return new MachineLimits(fma, read);
  }

  private static double best(int threads, DoubleSupplier measure) {
    DoubleAdder sum = new DoubleAdder();
    Thread[] all = new Thread[threads];
    for (int t = 0; t < threads; t++) {
      all[t] = new Thread(() -> sum.add(measure.getAsDouble()));
      all[t].start();
    }
    for (Thread thread : all) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return sum.sum();
  }

  private static double multiplyAddsPerSecond() {
    double best = 0;
    float[] seeds = new float[SPECIES.length()];
    for (int i = 0; i < ATTEMPTS; i++) {
      long start = System.nanoTime();
      float kept = chains(seeds);
      double seconds = (System.nanoTime() - start) * 1e-9;
      double rate = (double) TURNS * CHAINS * SPECIES.length() / seconds;
      best = kept == 1 ? best : Math.max(best, rate);
    }
    return best;
  }

  /** Independent chains: enough of them to hide an instruction's latency. */
  private static float chains(float[] seeds) {
    FloatVector m = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector s = FloatVector.fromArray(SPECIES, seeds, 0);
    FloatVector a = s, b = s, c = s, d = s, e = s, f = s;
    FloatVector g = s, h = s, i = s, j = s, k = s, l = s;
    for (int turn = 0; turn < TURNS; turn++) {
      a = a.fma(m, m);
      b = b.fma(m, m);
      c = c.fma(m, m);
      d = d.fma(m, m);
      e = e.fma(m, m);
      f = f.fma(m, m);
      g = g.fma(m, m);
      h = h.fma(m, m);
      i = i.fma(m, m);
      j = j.fma(m, m);
      k = k.fma(m, m);
      l = l.fma(m, m);
    }
    FloatVector sum = a.add(b).add(c).add(d).add(e).add(f);
    return sum.add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
  }

  private static double bytesPerSecond() {
    float[] x = new float[FLOATS];
    double best = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long start = System.nanoTime();
      float kept = 0;
      for (int from = 0; from < x.length; from += PIECE) {
        kept += sum(x, from);
      }
      double seconds = (System.nanoTime() - start) * 1e-9;
      best = kept == 0 ? Math.max(best, 4.0 * FLOATS / seconds) : best;
    }
    return best;
  }

  private static float sum(float[] x, int from) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    int step = SPECIES.length();
    for (int i = from; i < from + PIECE; i += 2 * step) {
      a = a.add(FloatVector.fromArray(SPECIES, x, i));
      b = b.add(FloatVector.fromArray(SPECIES, x, i + step));
    }
    return a.add(b).lane(0);
  }
}
