package limbeck.kd.recipe;

import java.util.List;

/**
 * A teacher of 1,200 units per layer with dropout, max-norm and jitter, and a student of 800
 * without any, alone and distilled at T = 20. The paper's test errors: 67, 146 and 74.
 */
public final class HintonMnist implements Recipe {
  HintonMnist() {}

  @Override
  public String name() {
    return "hinton-mnist";
  }

  @Override
  public String summary() {
    return "A student without regularisation learns from a larger teacher with it.";
  }

  @Override
  public String paper() {
    return Hinton.PAPER;
  }

  @Override
  public Settings defaults() {
    return Hinton.declare("784-800-800-10").build();
  }

  @Override
  public List<Arm> arms(Settings s) {
    return Hinton.three(s);
  }

  @Override
  public List<Comparison> comparisons(Settings s) {
    return Hinton.againstAloneAndTeacher("distilled");
  }
}
