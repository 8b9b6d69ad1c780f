package limbeck.nlp.pretrain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Streams;
import limbeck.autograd.Taps;
import limbeck.autograd.Var;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;
import limbeck.nlp.model.MaskedLanguageModel;

/**
 * What a student learns from its teacher's inside, be they of other widths or depths: a mean over
 * sequences, and over the real steps of each.
 */
final class InnerLoss {
  private final MaskedLanguageModel student;
  private final MaskedLanguageModel teacher;
  private final Objective fitted;

  /**
   * The loss of a model.
   *
   * @param seed for what is learned along
   * @throws IllegalArgumentException if the method does not fit the two
   */
  InnerLoss(MaskedLanguageModel student, MaskedLanguageModel teacher, Objective method, long seed) {
    this.student = student;
    this.teacher = teacher;
    this.fitted = method.fitted(shapes("the student", student), shapes("the teacher", teacher));
    learned().forEach((name, part) -> part.init(seed ^ Streams.of(name)));
  }

  private static TapShapes shapes(String name, MaskedLanguageModel model) {
    Var ids = Var.of(Tensor.view(new int[2], 0, Shape.of(1, 2)));
    return TapShapes.of(name, model, () -> model.bert().forward(ids));
  }

  /** What is learned along with the student and left behind. */
  Map<String, Module> learned() {
    return fitted.learned();
  }

  /** The loss of some sequences; recorded by the tape that is open. */
  Var of(MaskedBatch part, OpContext context) {
    Tensor lengths = part.tokens().lengths().value();
    Map<String, Var> own = features(student, part, fitted.studentTaps());
    Map<String, Var> taught = new LinkedHashMap<>();
    Module.infer(
        context,
        () -> {
          taught.putAll(features(teacher, part, fitted.teacherTaps()));
          return taught.values().iterator().next();
        });
    taught.replaceAll((tap, value) -> Var.of(value.value()));
    return fitted.loss(
        new Outputs(null, own, List.of(), lengths),
        new Outputs(null, taught, List.of(), lengths),
        null);
  }

  private static Map<String, Var> features(
      MaskedLanguageModel model, MaskedBatch part, List<String> names) {
    Taps taps = Taps.of(names.toArray(String[]::new));
    taps.during(() -> model.bert().forward(part.tokens()));
    Map<String, Var> features = new LinkedHashMap<>();
    names.forEach(name -> features.put(name, taps.get(name)));
    return features;
  }
}
