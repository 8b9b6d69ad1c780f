package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.kd.Objective;
import org.junit.jupiter.api.Test;

/** Methods that compare layers of transformers. */
class LayerObjectiveTest {
  @Test
  void haveNoLossBeforeTheyKnowTheNetworks() {
    for (Objective o :
        List.of(
            new PatientKd(PatientKd.Pairing.SKIP),
            new TinyBertLayers(1, 1, 1, List.of()),
            new MiniLm())) {
      assertTrue(o.takesScores());
      String said =
          assertThrows(IllegalStateException.class, () -> o.loss(null, null, null)).getMessage();
      assertEquals(
          o.name() + ": which layers are compared depends on the networks; call fitted first",
          said);
    }
  }
}
