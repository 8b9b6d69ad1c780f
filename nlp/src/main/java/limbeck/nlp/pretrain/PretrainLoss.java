package limbeck.nlp.pretrain;

import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Taps;
import limbeck.autograd.Var;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.layout.Gather;
import limbeck.kd.Batch;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.data.Inputs;
import limbeck.kd.objective.CosineAlignment;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.SoftTargets;
import limbeck.nlp.model.MaskedLanguageModel;

/**
 * The loss of a part of a step's batch. Every term is a mean over tokens: over those that are
 * hidden, or over all; so that parts add up to the mean over the whole batch, each counts by its
 * share of the tokens. What is learnt of a teacher's inside is a mean over sequences, and counts by
 * their share.
 */
final class PretrainLoss {
  private static final String HIDDEN = "hidden";

  private final MaskedLanguageModel student;
  private final PretrainTeacher teacher;
  private final InnerLoss inner;
  private final Objective soft;
  private final Objective hard = new HardLabels();
  private final Objective cosine = new CosineAlignment(HIDDEN, HIDDEN);

  /**
   * The loss of a model.
   *
   * @param teacher null: hidden tokens alone
   * @param seed for what is learned along
   */
  PretrainLoss(MaskedLanguageModel student, PretrainTeacher teacher, long seed) {
    this.student = student;
    this.teacher = teacher;
    boolean inside = teacher != null && !teacher.guesses();
    this.inner =
        inside ? new InnerLoss(student, teacher.model(), teacher.method().inner(), seed) : null;
    this.soft = teacher == null ? null : new SoftTargets(teacher.temperature());
  }

  /** What is learned along with the student and left behind; often nothing. */
  Map<String, Module> learned() {
    return inner == null ? Map.of() : inner.learned();
  }

  /**
   * A part's share of the loss; recorded by the tape that is open.
   *
   * @param ofHidden share of the step's hidden tokens
   * @param ofAll share of all tokens
   * @param ofBlocks share of the sequences
   * @return null if nothing is hidden, and there is nothing else to learn from
   */
  Var of(MaskedBatch part, double ofHidden, double ofAll, double ofBlocks, OpContext context) {
    if (inner != null) {
      return inner.of(part, context).times(ofBlocks);
    }
    Batch batch = new Batch((Inputs) null, part.labels(), null);
    if (part.hidden() == 0 && (teacher == null || teacher.cosine() == 0)) {
      return null;
    }
    if (teacher == null) {
      return hard.loss(outputs(student, part, false), null, batch).times(ofHidden);
    }
    boolean directions = teacher.cosine() > 0;
    Outputs says = outputs(student, part, directions);
    Outputs taught = ask(part, directions, context);
    Var sum = plus(null, hard, teacher.hard() * ofHidden, says, taught, batch);
    sum = plus(sum, soft, teacher.soft() * ofHidden, says, taught, batch);
    return plus(sum, cosine, teacher.cosine() * ofAll, says, taught, batch);
  }

  private static Var plus(
      Var sum, Objective term, double weight, Outputs says, Outputs taught, Batch batch) {
    if (weight == 0) {
      return sum;
    }
    Var loss = term.loss(says, taught, batch).times(weight);
    return sum == null ? loss : sum.plus(loss);
  }

  private Outputs ask(MaskedBatch part, boolean directions, OpContext context) {
    Outputs[] said = new Outputs[1];
    Module.infer(
        context,
        () -> {
          said[0] = outputs(teacher.model(), part, directions);
          return said[0].logits();
        });
    return said[0].detached();
  }

  /** Guesses of the hidden tokens; if wanted, the last hidden states of all tokens. */
  private static Outputs outputs(MaskedLanguageModel model, MaskedBatch part, boolean directions) {
    Var places = Var.of(part.places());
    if (!directions) {
      return new Outputs(model.forward(part.tokens(), places));
    }
    String last = "bert.layer" + model.bert().config().layers();
    Taps taps = Taps.of(last);
    Var logits = taps.during(() -> model.forward(part.tokens(), places));
    Var rows = taps.get(last).reshape(-1, model.bert().config().width());
    return new Outputs(logits, Map.of(HIDDEN, rows.apply(new Gather(0), Var.of(part.real()))));
  }
}
