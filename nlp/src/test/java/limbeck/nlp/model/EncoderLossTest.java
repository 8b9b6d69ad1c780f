package limbeck.nlp.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import limbeck.autograd.Module;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.kd.Architectures;
import limbeck.kd.DropoutRates;
import limbeck.kd.Network;
import limbeck.kd.Objective;
import limbeck.kd.TapShapes;
import limbeck.kd.objective.MiniLm;
import limbeck.kd.objective.PatientKd;
import limbeck.kd.objective.TinyBertLayers;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.generated.GeneratedTask;
import org.junit.jupiter.api.Test;

/** Losses on layers of whole networks: of texts of different lengths, of equal networks. */
class EncoderLossTest {
  private static final TextDataset DATA = GeneratedTask.SENTIMENT.draw("some", 3, 40);
  private static final List<Objective> METHODS =
      List.of(
          new PatientKd(PatientKd.Pairing.LAST),
          new TinyBertLayers(),
          new MiniLm(),
          new MiniLm(4, 1));

  private static Network network(String name, long seed) {
    Network network = Architectures.of(name).build(DATA, "plain", DropoutRates.NONE);
    network.begin(seed);
    network.evaluate();
    return network;
  }

  private static double loss(Objective o, Network student, Network teacher, int... texts) {
    return Module.infer(
            new OpContext(Workers.inline()),
            () ->
                o.loss(
                    student.outputs(DATA.inputs(texts), o.studentTaps()),
                    teacher.outputs(DATA.inputs(texts), o.teacherTaps()).detached(),
                    null))
        .get(0);
  }

  private static Objective fitted(Objective o, Network student, Network teacher) {
    return o.fitted(TapShapes.of("student", student), TapShapes.of("teacher", teacher));
  }

  @Test
  void equalNetworksHaveNoLossAndOthersHave() {
    Network one = network("bert:3-16-2", 1);
    Network same = network("bert:3-16-2", 1);
    Network other = network("bert:3-16-2", 2);
    for (Objective method : METHODS.subList(0, 3)) {
      Objective o = fitted(method, one, same);
      assertEquals(0, loss(o, one, same, 0, 1, 2, 3, 4), method.name());
      assertTrue(loss(o, one, other, 0, 1, 2, 3, 4) > 1e-8, method.name());
    }
  }

  /** The loss of a batch is the mean of its texts', to a few roundings. */
  @Test
  void aTextCountsTheSameInAnyCompany() {
    Network student = network("bert:2-16-2", 1);
    Network teacher = network("bert:3-16-2", 2);
    int[] texts = IntStream.range(0, 12).toArray();
    assertTrue(IntStream.of(texts).map(i -> words(i)).distinct().count() > 2, "of one length");
    for (Objective method : METHODS) {
      Objective o = fitted(method, student, teacher);
      double mean = IntStream.of(texts).mapToDouble(i -> loss(o, student, teacher, i)).sum() / 12;
      assertEquals(mean, loss(o, student, teacher, texts), 1e-8 + 1e-5 * mean, method.name());
    }
  }

  private static int words(int i) {
    return DATA.text(i).first().split(" ").length;
  }

  @Test
  void networksTellTheirStepsAndWhichShapesDiffer() {
    Network bert = network("bert:2-16-2", 1);
    TapShapes shapes = TapShapes.of("bert", bert);
    assertTrue(shapes.varying().contains("model.bert.layer1"));
    assertFalse(shapes.varying().contains("model.bert.cls1"));
    assertEquals(shapes.cutter(), TapShapes.of("other", network("bert:1-8-1", 2)).cutter());
    assertNotEquals(shapes.cutter(), TapShapes.of("words", network("bag:8", 2)).cutter());
    assertEquals(2, bert.lengths(DATA.inputs(new int[] {0, 1})).size());
  }
}
