package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Network;
import limbeck.kd.specialist.SpecialClasses;
import limbeck.kd.vision.Mlp;
import org.junit.jupiter.api.Test;

class SpecialistWeightsTest {
  private static final SpecialClasses CLASSES = new SpecialClasses(5, List.of(1, 3));

  private static Mlp generalist() {
    Mlp network = new Mlp(4, 6, 5);
    network.init(8);
    Tensor bias = network.classifiers().get(0).bias().value();
    for (int c = 0; c < 5; c++) {
      bias.set(c, 0.3 * c);
    }
    return network;
  }

  private static double[] logits(Network network, int stream) {
    float[] x = new float[4];
    for (int i = 0; i < x.length; i++) {
      x[i] = new Philox(21, stream).uniform(i);
    }
    Tensor y = network.infer(Tensor.view(x, 0, Shape.of(1, 4)), new OpContext(Workers.inline()));
    double[] z = new double[y.size()];
    for (int i = 0; i < z.length; i++) {
      z[i] = y.get(i);
    }
    return z;
  }

  private static double[] softmax(double[] z) {
    double[] p = Arrays.stream(z).map(StrictMath::exp).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(x -> x / sum).toArray();
  }

  private static Mlp beginning(Mlp generalist) {
    Mlp specialist = new Mlp(4, 6, 3);
    specialist.load(SpecialistWeights.beginning(generalist, CLASSES));
    return specialist;
  }

  @Test
  void aSpecialistBeginsAsTheGeneralist() {
    Mlp generalist = generalist();
    Mlp specialist = beginning(generalist);
    for (int i = 0; i < 10; i++) {
      double[] all = logits(generalist, i);
      double[] own = logits(specialist, i);
      assertEquals(all[1], own[0], 1e-6);
      assertEquals(all[3], own[1], 1e-6);
      // the mean of logits plus ln 3: six float roundings of numbers below 4
      assertEquals((all[0] + all[2] + all[4]) / 3 + StrictMath.log(3), own[2], 3e-6);
      double sum = StrictMath.exp(all[0]) + StrictMath.exp(all[2]) + StrictMath.exp(all[4]);
      assertTrue(own[2] < StrictMath.log(sum) + 1e-6, "Jensen");
    }
  }

  /** Where the other classes have equal rows the dustbin has their probability. */
  @Test
  void theDustbinIsExactForEqualRows() {
    Mlp generalist = generalist();
    Tensor w = generalist.classifiers().get(0).weight().value();
    Tensor b = generalist.classifiers().get(0).bias().value();
    for (int c : new int[] {2, 4}) {
      w.slice(c, c + 1).copyFrom(w.slice(0, 1));
      b.set(c, b.get(0));
    }
    double[] all = softmax(logits(generalist, 1));
    double[] own = softmax(logits(beginning(generalist), 1));
    assertEquals(all[0] + all[2] + all[4], own[2], 1e-6);
  }

  /** The finished network says what the specialist says, but for the prior it was shown. */
  @Test
  void theFinishedOneIsCorrectedForWhatItWasShown() {
    Mlp specialist = beginning(generalist());
    double oversampled = 2.5;
    Mlp finished = new Mlp(4, 6, 5);
    finished.load(SpecialistWeights.finished(specialist, CLASSES, oversampled));
    double[] z = logits(specialist, 2);
    z[2] += StrictMath.log(oversampled);
    double[] p = softmax(z);
    double[] expected = {p[2] / 3, p[0], p[2] / 3, p[1], p[2] / 3};
    assertArrayEquals(expected, softmax(logits(finished, 2)), 1e-6);
  }
}
