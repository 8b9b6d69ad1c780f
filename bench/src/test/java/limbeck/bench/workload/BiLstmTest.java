package limbeck.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The recurrent workload is the network that its peers are measured on. */
class BiLstmTest {
  private static final int TIME = 32;

  private final BiLstm network = new BiLstm();

  BiLstmTest() {
    network.init(1);
  }

  @Test
  void parameters() {
    int direction = 4 * 150 * (300 + 150 + 2);
    assertEquals(2 * direction + 300 * 200 + 200 + 200 * 2 + 2, network.parameters().count());
    assertEquals(Shape.of(600, 150), network.state().get("lstm.weight_hh_l0_reverse").shape());
    assertEquals(Shape.of(200, 300), network.state().get("joined.weight").shape());
  }

  @Test
  void tracedIsEager() {
    List<String> sentences = List.of("a b c", "b", "c d e f g", "", "one two three", "d d", "e");
    Tensor x = WordVectors.vectors(sentences, Shape.of(TIME, BiLstm.WIDTH));
    Examples set = new Examples("sentences", x, new int[sentences.size()]);
    assertNull(TracedCheck.difference(network, set, 2, Workers.inline(), 1, 3, 50));
  }
}
