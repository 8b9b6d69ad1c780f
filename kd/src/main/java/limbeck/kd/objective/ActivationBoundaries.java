package limbeck.kd.objective;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.BatchNorm;
import limbeck.autograd.module.Sequential;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Relu;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;

/**
 * Activation boundaries: the student's units shall be on where the teacher's are, and off where
 * they are off, by a margin m; how strongly does not count. For activations before the rectifier,
 * through a connector r where the networks differ:
 *
 * <p>Σ [F_t > 0] · max(0, m − r(F_s))² + [F_t ≤ 0] · max(0, m + r(F_s))²,
 *
 * <p>summed over units, mean over examples; of n layers the i-th, from 0, has the weight 2^(i−n+1),
 * so that the deepest counts most. B. Heo, M. Lee, S. Yun and J. Y. Choi, Knowledge transfer via
 * distillation of activation boundaries formed by hidden neurons, AAAI 2019, arXiv:1811.03233;
 * layer weights are those of the released code. The code's form has in addition the factor 3/1000,
 * and the published weight 1.
 *
 * <p>The paper initialises a student with this alone, then trains it with soft targets. Taps must
 * be those of pre-activations: after a rectifier no unit of the student can learn to be below 0.
 *
 * <p>Learned parts are {@code layer0}, {@code layer1} … in the order of taps, where channels
 * differ: a 1 × 1 convolution, or a linear layer for rows, and a batch norm. Where maps differ in
 * size, the larger is average-pooled.
 *
 * @param form of the loss
 * @param margin m, above 0
 * @param studentTaps pre-activations, from the lowest layer up
 * @param teacherTaps pre-activations, as many
 */
public record ActivationBoundaries(
    @Hyperparameter(standard = "code", help = "paper: as printed; code: times 3/1000") Form form,
    @Hyperparameter(standard = "1", help = "margin m by which units shall be on or off")
        double margin,
    @Hyperparameter(help = "the student's pre-activations, from the lowest layer up")
        List<String> studentTaps,
    @Hyperparameter(help = "the teacher's pre-activations, as many") List<String> teacherTaps)
    implements TapPairs {
  private static final String METHOD = "activation-boundaries";
  private static final SquaredError SQUARES = new SquaredError(1, Reduction.BATCH_MEAN);

  /** Checks the settings. */
  public ActivationBoundaries {
    Settings.requireGiven(METHOD, "form", form);
    Settings.requirePositive(METHOD, "margin", margin);
    studentTaps = Settings.studentTaps(METHOD, studentTaps);
    teacherTaps = Settings.teacherTaps(METHOD, teacherTaps, studentTaps);
  }

  /** Without connectors: for layers with as many channels. */
  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    return loss(student, teacher, List.of());
  }

  /**
   * The sum over layers.
   *
   * @param connectors by layer, null for the identity; none for the identity everywhere
   */
  private Var loss(Outputs student, Outputs teacher, List<Module> connectors) {
    return TapPairs.sum(
        this,
        student,
        teacher,
        (i, s, t) -> {
          Module connector = connectors.isEmpty() ? null : connectors.get(i);
          double weight = Math.scalb(scale(), i - studentTaps.size() + 1);
          return loss(s, t, connector).times(weight);
        });
  }

  private double scale() {
    return form == Form.CODE ? 0.003 : 1;
  }

  /** With c = ±1 for teacher's units that are on or off, both terms are max(0, m − c · F_s)². */
  private Var loss(Var student, Var teacher, Module connector) {
    EqualMaps maps = EqualMaps.of(student, teacher);
    Var s = connector == null ? maps.first() : connector.forward(maps.first());
    Var side = Var.of(signs(maps.second().value()));
    Var missing = s.times(side).times(-1).plus(margin).apply(new Relu()).reshape(0, -1);
    Var none = Var.of(Tensor.zeros(missing.value().dtype(), missing.shape()));
    return missing.apply(SQUARES, none);
  }

  private static Tensor signs(Tensor teacher) {
    Tensor signs = Tensor.zeros(teacher.dtype(), teacher.shape());
    for (int i = 0; i < signs.size(); i++) {
      signs.set(i, teacher.get(i) > 0 ? 1 : -1);
    }
    return signs;
  }

  @Override
  public Objective fitted(TapShapes student, TapShapes teacher) {
    List<Module> connectors = new ArrayList<>();
    Map<String, Module> learned = new LinkedHashMap<>();
    for (int i = 0; i < studentTaps.size(); i++) {
      TapShape s = TapShape.of(this, student, studentTaps.get(i));
      TapShape t = TapShape.of(this, teacher, teacherTaps.get(i));
      s.requireKindOf(t);
      boolean alike = s.channels() == t.channels();
      Module connector =
          alike ? null : new Sequential(ChannelMap.of(s, t), new BatchNorm(t.channels()));
      connectors.add(connector);
      if (!alike) {
        learned.put("layer" + i, connector);
      }
    }
    return learned.isEmpty() ? this : new Fitted(this, learned, (s, t) -> loss(s, t, connectors));
  }

  @Override
  public String formula() {
    String factor = form == Form.PAPER ? "" : "0.003 · ";
    return factor + "Σ max(0, " + margin + " − sign(F_t) · r(F_s))²";
  }
}
