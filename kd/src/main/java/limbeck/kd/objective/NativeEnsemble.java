package limbeck.kd.objective;

import java.util.ArrayList;
import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.op.Temperature;
import limbeck.engine.tensor.Shape;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;

/**
 * On-the-fly native ensemble (ONE): a network with several branches is taught by their mixture, v =
 * Σ g_i z_i, whose weights g a gate learns along:
 *
 * <p>Σ_i H(y, q_i) + H(y, softmax(v)) + softWeight · T² Σ_i KL(softmax(v/T) ‖ softmax(z_i/T)),
 *
 * <p>mean over examples. X. Lan, X. Zhu and S. Gong, Knowledge Distillation by On-the-Fly Native
 * Ensemble, NeurIPS 2018, arXiv:1806.04606, equations 5 to 8.
 *
 * <p>The network offers its branches' logits as taps {@code branch0}, {@code branch1} …, and the
 * mixture as tap {@code mixture}, as networks do whose names begin like {@code one-3:}; which of
 * them are its logits, that is, what is used in the end, does not matter here. As a target the
 * mixture is detached: the gate learns from the mixture's own cross-entropy alone. With a
 * softWeight of 0, which the paper does not have (there it is 1), the branches share layers but
 * teach each other nothing. It takes the place of {@link HardLabels}; it is not added to them.
 *
 * @param branches their number, at least 1
 * @param temperature T, above 0
 * @param softWeight of what the mixture teaches the branches
 */
public record NativeEnsemble(
    @Hyperparameter(standard = "3", help = "number of branches") int branches,
    @Hyperparameter(standard = "3", help = "temperature T") double temperature,
    @Hyperparameter(standard = "1", help = "weight of what the mixture teaches the branches")
        double softWeight)
    implements Objective {
  /** The tap of the gate's mixture. */
  public static final String MIXTURE = "mixture";

  private static final String METHOD = "native-ensemble";

  /** As in the paper, but for the number and the temperature. */
  public NativeEnsemble(int branches, double temperature) {
    this(branches, temperature, 1);
  }

  /** Checks the settings. */
  public NativeEnsemble {
    Settings.requireAtLeast(METHOD, "branches", branches, 1);
    Temperature.checked(METHOD, temperature);
    Settings.requireNotNegative(METHOD, "softWeight", softWeight);
  }

  /** The tap of a branch, from 0. */
  public static String branch(int number) {
    return "branch" + number;
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    Objective hard = new HardLabels();
    Objective soft = new SoftTargets(temperature).times(softWeight);
    Outputs mixture = new Outputs(student.feature(MIXTURE));
    Outputs target = mixture.detached();
    Var sum = hard.loss(mixture, null, batch);
    for (int i = 0; i < branches; i++) {
      Outputs branch = new Outputs(student.feature(branch(i)));
      sum = sum.plus(hard.loss(branch, null, batch));
      sum = softWeight > 0 ? sum.plus(soft.loss(branch, target, batch)) : sum;
    }
    return sum;
  }

  @Override
  public boolean asksTeacher() {
    return false;
  }

  @Override
  public List<String> studentTaps() {
    List<String> taps = new ArrayList<>();
    for (int i = 0; i < branches; i++) {
      taps.add(branch(i));
    }
    taps.add(MIXTURE);
    return taps;
  }

  /** Checks that every tap holds logits, and that there are no more branches than these. */
  @Override
  public Objective fitted(TapShapes student, TapShapes teacher) {
    if (student.taps().containsKey(branch(branches))) {
      throw new IllegalArgumentException(
          METHOD
              + ": "
              + student.network()
              + " has more branches than the "
              + branches
              + " that are to learn; set branches");
    }
    Shape logits = Shape.of(student.classes());
    String words = "logits of " + student.classes() + " classes";
    studentTaps().forEach(tap -> TapShape.of(this, student, tap).require(logits, words));
    return this;
  }

  @Override
  public String formula() {
    return "H(y, q) + Σ_i [H(y, q_i) + "
        + (softWeight == 1 ? "" : softWeight + " · ")
        + "T² · KL(q^T ‖ q_i^T)] at T = "
        + temperature
        + ", i over "
        + branches
        + " branches, q of their mixture";
  }
}
