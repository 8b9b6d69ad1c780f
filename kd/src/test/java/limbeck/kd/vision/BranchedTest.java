package limbeck.kd.vision;

import static limbeck.kd.vision.SmallNetworks.BATCH;
import static limbeck.kd.vision.SmallNetworks.CLASSES;
import static limbeck.kd.vision.SmallNetworks.IMAGE;
import static limbeck.kd.vision.SmallNetworks.logits;
import static limbeck.kd.vision.SmallNetworks.network;
import static limbeck.kd.vision.SmallNetworks.takeSteps;
import static limbeck.kd.vision.SmallNetworks.taps;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import limbeck.kd.DropoutRates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks with branches: their gate, and what each branch draws. */
class BranchedTest {
  @ParameterizedTest
  @MethodSource("limbeck.kd.vision.SmallNetworks#branched")
  void theGateSumsToOne(String name) {
    ImageNetwork network = network(name, 5);
    takeSteps(network, List.of("branch0"));
    Map<String, float[]> taps = taps(network);
    float[] gate = taps.get("gate");
    float[] mixture = taps.get("mixture");
    assertEquals(BATCH * 3, gate.length);
    for (int i = 0; i < BATCH; i++) {
      assertEquals(1, gate[3 * i] + gate[3 * i + 1] + gate[3 * i + 2], 1e-6, "example " + i);
      for (int c = 0; c < CLASSES; c++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += gate[3 * i + k] * taps.get("branch" + k)[CLASSES * i + c];
        }
        assertEquals(sum, mixture[CLASSES * i + c], 1e-5 * (1 + Math.abs(sum)));
      }
    }
    assertArrayEquals(mixture, logits(network));
  }

  @ParameterizedTest
  @MethodSource("limbeck.kd.vision.SmallNetworks#bases")
  void theGateOfOneBranchIsOne(String base) {
    Map<String, float[]> taps = taps(network("one-1:" + base, 5));
    for (float g : taps.get("gate")) {
      assertEquals(1f, g);
    }
    assertArrayEquals(taps.get("branch0"), taps.get("mixture"));
  }

  /** Each branch draws masks of its own, the first one those of the network alone. */
  @Test
  void dropoutIsDrawnByBranch() {
    DropoutRates half = new DropoutRates(0, 0.5);
    ImageNetwork one =
        ImageArchitecture.of("one-2:mlp:96-8-64-3")
            .build(IMAGE, CLASSES, Standardisation.NONE, half);
    one.init(5);
    one.train(1, 1);
    ImageNetwork alone =
        ImageArchitecture.of("mlp:96-8-64-3").build(IMAGE, CLASSES, Standardisation.NONE, half);
    alone.init(5);
    alone.train(1, 1);
    assertArrayEquals(logits(alone), taps(one).get("branch0"));
    assertArrayEquals(taps(alone).get("stage2.pre"), taps(one).get("stage2.pre"));
  }
}
