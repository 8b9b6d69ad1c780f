package limbeck.nlp.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Architecture;
import limbeck.kd.Architectures;
import limbeck.kd.DropoutRates;
import limbeck.kd.Network;
import limbeck.kd.TapShapes;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.TextExample;
import limbeck.nlp.data.generated.GeneratedTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all networks that read texts. */
class TextNetworksTest {
  private static final List<String> AWKWARD =
      List.of(
          "",
          " ",
          "the film is good",
          "word ".repeat(1_000),
          "фильм 映画 영화 فيلم",
          "\ud83d\ude00 \ud83d\udc68\u200d\ud83d\udc69",
          "\u0000\u0007\u001b\u009f",
          "\ud800 unpaired \udfff",
          "the plot was never dull , but the ending is bad .");

  private static Network network(String name, TextDataset data) {
    Network network = Architectures.of(name).build(data, "plain", DropoutRates.NONE);
    network.begin(3);
    return network;
  }

  private static float[] logits(Network network, TextDataset data, Workers workers, int... some) {
    OpContext context = new OpContext(workers);
    network.evaluate();
    Tensor z = network.infer(data.inputs(some), context).own();
    return Arrays.copyOfRange(z.floats(), z.offset(), z.offset() + z.size());
  }

  private static TextDataset withAwkward(TextDataset data) {
    List<TextExample> all = new ArrayList<>();
    for (int i = 0; i < AWKWARD.size(); i++) {
      String other = AWKWARD.get(AWKWARD.size() - 1 - i);
      all.add(new TextExample(AWKWARD.get(i), data.pairs() ? other : null, 0));
    }
    IntStream.range(0, 12).forEach(i -> all.add(data.text(i)));
    return new TextDataset("awkward", data.classNames(), all);
  }

  /** Single texts and pairs; whatever stands beside a text, and however many threads there are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bilstm:9-7",
        "cnn:5-7",
        "bag:7",
        "bert:2-16-2",
        "ensemble:2*bag:7+bert:1-16-2",
        "ensemble/geometric:2*cnn:5-7",
      })
  void neitherPaddingNorTheBatchShows(String name) {
    for (GeneratedTask task : List.of(GeneratedTask.SENTIMENT, GeneratedTask.ENTAILMENT)) {
      TextDataset train = task.draw("train", 1, 300);
      Network network = network(name, train);
      TextDataset data = withAwkward(train);
      int[] all = IntStream.range(0, data.size()).toArray();
      try (Workers three = Workers.of(3)) {
        float[] together = logits(network, data, three, all);
        int k = network.classes();
        for (int i : all) {
          float[] alone = logits(network, data, Workers.inline(), i);
          assertArrayEquals(alone, Arrays.copyOfRange(together, i * k, (i + 1) * k), "text " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bilstm:9-7",
        "cnn:5-7",
        "bag:7",
        "bert:2-16-2",
        "ensemble:2*bag:7+bert:1-16-2",
        "ensemble/geometric:2*cnn:5-7",
      })
  void theProgramSaysTheSame(String name) {
    for (GeneratedTask task : List.of(GeneratedTask.SENTIMENT, GeneratedTask.PARAPHRASE)) {
      TextDataset data = withAwkward(task.draw("train", 1, 300));
      Network network = network(name, data);
      int[] all = IntStream.range(0, data.size()).toArray();
      Program program = network.program();
      Tensor out = Tensor.zeros(DType.F32, Shape.of(all.length, network.classes()));
      program.runner().run(network.tensors(data.inputs(all)), out);
      assertArrayEquals(logits(network, data, Workers.inline(), all), out.floats());
      assertTrue(network.multiplyAdds() > 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bilstm:9-7, 18, 7",
    "cnn:5-7, 15, 7",
    "bag:7, 64, 7",
  })
  void tapsHaveTheWidthsThatTheNameSays(String name, int encoded, int pooled) {
    TextDataset one = GeneratedTask.SENTIMENT.draw("one", 1, 100);
    TapShapes shapes = TapShapes.of(name, network(name, one));
    assertEquals(Shape.of(encoded), shapes.of("encoded"));
    assertEquals(Shape.of(pooled), shapes.of("pooled"));
    TextDataset two = GeneratedTask.PARAPHRASE.draw("two", 1, 100);
    assertEquals(Shape.of(4 * encoded), TapShapes.of(name, network(name, two)).of("encoded"));
  }

  @ParameterizedTest
  @CsvSource({
    "bilstm:9, 'written as bilstm:<units of each direction>-<hidden units>, such as'",
    "bilstm:99999-3, sizes of at most 16384",
    "bert:2-10-3, heads must divide the width",
    "ensemble:bag:7+mlp:4-3, 'no architecture \"mlp:4-3\" for texts'",
    "bag:, written as bag:<hidden units>",
    "pretrained:nowhere, 'nowhere: no such folder; a pretrained model'",
  })
  void wrongNamesAreTold(String name, String message) {
    TextDataset data = GeneratedTask.SENTIMENT.draw("one", 1, 100);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> network(name, data));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "bag:7, words:0, 'one of plain, words:<width>, vectors:<file>'",
    "bert:2-16-2, words:10, 'one of plain, pieces:<size> expected'",
    "pretrained:x, pieces:100, a network of a folder brings its vocabulary",
  })
  void wrongInputsAreTold(String name, String inputs, String message) {
    Architecture architecture = Architectures.of(name);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> architecture.checkInputs(inputs));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
