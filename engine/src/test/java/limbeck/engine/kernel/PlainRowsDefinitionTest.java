package limbeck.engine.kernel;

import org.junit.jupiter.api.Test;

/** The loops over doubles of {@link PlainRows} compute what its Javadoc says. */
class PlainRowsDefinitionTest extends RowDefinitions {
  @Test
  void functions() {
    unary(
        "clamp",
        (x, i, y, j, n) -> ROWS.clamp(x, i, -0.5, 1, y, j, n),
        false,
        x -> x < -0.5 ? -0.5 : x > 1 ? 1 : x);
    unary(
        "elu",
        (x, i, y, j, n) -> ROWS.elu(x, i, 0.3, y, j, n),
        false,
        x -> x > 0 ? x : 0.3 * (StrictMath.exp(x) - 1));
    unary("hardSwish", ROWS::hardSwish, false, x -> x * Math.min(6, Math.max(0, x + 3)) / 6);
    unary("mish", ROWS::mish, false, x -> x * StrictMath.tanh(StrictMath.log1p(StrictMath.exp(x))));
    unary("reciprocalRoot", ROWS::reciprocalRoot, true, x -> StrictMath.pow(x, -0.5));
    unary("erf", ROWS::erf, false, x -> 2 * cumulative(x * StrictMath.sqrt(2)) - 1);
    unary("sin", ROWS::sin, false, x -> -StrictMath.cos(x + StrictMath.PI / 2));
    unary("cos", ROWS::cos, false, x -> StrictMath.sin(x + StrictMath.PI / 2));
    unary(
        "power",
        (x, i, y, j, n) -> ROWS.power(x, i, 1.7, y, j, n),
        true,
        x -> StrictMath.exp(1.7 * StrictMath.log(x)));
  }

  /** Each gradient is dy times the derivative. */
  @Test
  void gradients() {
    binary(
        "clampGrad",
        (x, i, d, j, y, k, n) -> ROWS.clampGrad(x, i, -0.5, 1, d, j, y, k, n),
        (x, dy) -> x < -0.5 || x > 1 ? 0 : dy);
    binary(
        "eluGrad",
        (x, i, d, j, y, k, n) -> ROWS.eluGrad(x, i, 0.3, d, j, y, k, n),
        (x, dy) -> dy * (x > 0 ? 1 : 0.3 * StrictMath.exp(x)));
    binary(
        "hardSwishGrad",
        ROWS::hardSwishGrad,
        (x, dy) -> x > 3 ? dy : x < -3 ? 0 : dy * (2 * x + 3) / 6);
    binary("mishGrad", ROWS::mishGrad, (x, dy) -> dy * mishSlope(x));
    binary(
        "powerGrad",
        (x, i, d, j, y, k, n) -> ROWS.powerGrad(x, i, 3, d, j, y, k, n),
        (x, dy) -> dy * 3 * x * x);
  }

  private static double mishSlope(double x) {
    double tanh = StrictMath.tanh(StrictMath.log1p(StrictMath.exp(x)));
    return tanh + x * (1 - tanh * tanh) * sigma(x);
  }
}
