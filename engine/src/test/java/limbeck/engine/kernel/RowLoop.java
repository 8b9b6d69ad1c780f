package limbeck.engine.kernel;

import java.util.List;
import limbeck.engine.tensor.Tensor;

/**
 * One loop of {@link Rows} under a common signature, so that a test can go through all of them.
 *
 * @param operands the number of tensors it takes; operand o starts at element {@code at[o]}
 * @param outputs which of them it writes
 * @param reduction whether it returns a number instead
 */
public record RowLoop(
    String name, int operands, List<Integer> outputs, boolean reduction, Call call) {
  /** Runs the loop. */
  @FunctionalInterface
  public interface Call {
    /** Its result, 0 for a loop that writes tensors. */
    double run(Rows rows, Tensor[] x, int[] at, int n);
  }

  /** The body of a loop that writes tensors. */
  @FunctionalInterface
  private interface Body {
    void run(Rows rows, Tensor[] x, int[] at, int n);
  }

  /** Every loop of {@link Rows}, some with two settings; {@code RowsTwinTest} checks that. */
  public static final List<RowLoop> ALL =
      List.of(
          writes("fill", 1, (r, x, at, n) -> r.fill(0.1, x[0], at[0], n)),
          writes("copy", 2, (r, x, at, n) -> r.copy(x[0], at[0], x[1], at[1], n)),
          writes("add", 3, (r, x, at, n) -> r.add(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes("sub", 3, (r, x, at, n) -> r.sub(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes("mul", 3, (r, x, at, n) -> r.mul(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes("div", 3, (r, x, at, n) -> r.div(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes(
              "maximum", 3, (r, x, at, n) -> r.maximum(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes(
              "minimum", 3, (r, x, at, n) -> r.minimum(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes(
              "maximumGrad",
              4,
              (r, x, at, n) ->
                  r.maximumGrad(x[0], at[0], x[1], at[1], x[2], at[2], x[3], at[3], n)),
          writes("scale", 2, (r, x, at, n) -> r.scale(x[0], at[0], 0.3, x[1], at[1], n)),
          writes("addScalar", 2, (r, x, at, n) -> r.addScalar(x[0], at[0], 0.7, x[1], at[1], n)),
          writes("axpy", 2, (r, x, at, n) -> r.axpy(-0.3, x[0], at[0], x[1], at[1], n)),
          writes("mulAdd", 3, (r, x, at, n) -> r.mulAdd(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes(
              "mulSubScalar",
              3,
              (r, x, at, n) -> r.mulSubScalar(x[0], at[0], x[1], at[1], 0.1, x[2], at[2], n)),
          // loops over elements that lie apart: what they write comes first, not to be tried in
          // place
          updates(
              "transpose",
              2,
              List.of(0),
              (r, x, at, n) -> r.transpose(x[1], at[1], 4, x[0], at[0], n / 4, 4, n / 4)),
          updates(
              "takeEvery",
              2,
              List.of(0),
              (r, x, at, n) -> r.takeEvery(x[1], at[1], 2, x[0], at[0], (n + 1) / 2)),
          updates(
              "addEvery",
              2,
              List.of(0),
              (r, x, at, n) -> r.addEvery(x[1], at[1], x[0], at[0], 1 + n % 2, (n + 1) / 2)),
          updates(
              "takeBlock",
              2,
              List.of(0),
              (r, x, at, n) ->
                  r.takeBlock(x[1], at[1], n / 2, 1 + n % 2, x[0], at[0], n / 2, 2, n / 4)),
          updates(
              "addBlock",
              2,
              List.of(0),
              (r, x, at, n) ->
                  r.addBlock(x[1], at[1], n / 2, x[0], at[0], n / 2, 1 + n % 2, 2, n / 4)),
          updates(
              "maxOfSquares",
              2,
              List.of(0),
              (r, x, at, n) -> r.maxOfSquares(x[1], at[1], side(n), x[0], at[0], pairs(n))),
          updates(
              "maxOfSquaresGrad",
              3,
              List.of(0),
              (r, x, at, n) ->
                  r.maxOfSquaresGrad(x[1], at[1], side(n), x[2], at[2], x[0], at[0], pairs(n))),
          updates(
              "claimMaximum",
              4,
              List.of(0, 1),
              (r, x, at, n) ->
                  r.claimMaximum(x[2], at[2], x[3], at[3], x[0], at[0], x[1], at[1], n)),
          writes("sqrt", 2, (r, x, at, n) -> r.sqrt(x[0], at[0], x[1], at[1], n)),
          writes("exp", 2, (r, x, at, n) -> r.exp(x[0], at[0], x[1], at[1], n)),
          writes("expMinus", 2, (r, x, at, n) -> r.expMinus(x[0], at[0], 1.3, x[1], at[1], n)),
          writes("log", 2, (r, x, at, n) -> r.log(x[0], at[0], x[1], at[1], n)),
          writes("relu", 2, (r, x, at, n) -> r.relu(x[0], at[0], x[1], at[1], n)),
          writes(
              "reluGrad", 3, (r, x, at, n) -> r.reluGrad(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes(
              "leakyRelu",
              3,
              (r, x, at, n) -> r.leakyRelu(x[0], at[0], 0.3, x[1], at[1], x[2], at[2], n)),
          writes("softplus", 2, (r, x, at, n) -> r.softplus(x[0], at[0], x[1], at[1], n)),
          writes("tanh", 2, (r, x, at, n) -> r.tanh(x[0], at[0], x[1], at[1], n)),
          writes(
              "tanhGrad", 3, (r, x, at, n) -> r.tanhGrad(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes("sigmoid", 2, (r, x, at, n) -> r.sigmoid(x[0], at[0], x[1], at[1], n)),
          writes(
              "sigmoidGrad",
              3,
              (r, x, at, n) -> r.sigmoidGrad(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes("gelu", 2, (r, x, at, n) -> r.gelu(x[0], at[0], x[1], at[1], n)),
          writes(
              "geluGrad", 3, (r, x, at, n) -> r.geluGrad(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes("geluTanh", 2, (r, x, at, n) -> r.geluTanh(x[0], at[0], x[1], at[1], n)),
          writes(
              "geluTanhGrad",
              3,
              (r, x, at, n) -> r.geluTanhGrad(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes(
              "siluGrad", 3, (r, x, at, n) -> r.siluGrad(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes("clamp", 2, (r, x, at, n) -> r.clamp(x[0], at[0], -0.7, 0.4, x[1], at[1], n)),
          writes(
              "clampGrad",
              3,
              (r, x, at, n) -> r.clampGrad(x[0], at[0], -0.7, 0.4, x[1], at[1], x[2], at[2], n)),
          writes("elu", 2, (r, x, at, n) -> r.elu(x[0], at[0], 0.3, x[1], at[1], n)),
          writes(
              "eluGrad",
              3,
              (r, x, at, n) -> r.eluGrad(x[0], at[0], 0.3, x[1], at[1], x[2], at[2], n)),
          writes("hardSwish", 2, (r, x, at, n) -> r.hardSwish(x[0], at[0], x[1], at[1], n)),
          writes(
              "hardSwishGrad",
              3,
              (r, x, at, n) -> r.hardSwishGrad(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes("mish", 2, (r, x, at, n) -> r.mish(x[0], at[0], x[1], at[1], n)),
          writes(
              "mishGrad", 3, (r, x, at, n) -> r.mishGrad(x[0], at[0], x[1], at[1], x[2], at[2], n)),
          writes(
              "reciprocalRoot", 2, (r, x, at, n) -> r.reciprocalRoot(x[0], at[0], x[1], at[1], n)),
          writes("erf", 2, (r, x, at, n) -> r.erf(x[0], at[0], x[1], at[1], n)),
          writes("sin", 2, (r, x, at, n) -> r.sin(x[0], at[0], x[1], at[1], n)),
          writes("cos", 2, (r, x, at, n) -> r.cos(x[0], at[0], x[1], at[1], n)),
          writes("power", 2, (r, x, at, n) -> r.power(x[0], at[0], 1.7, x[1], at[1], n)),
          writes(
              "powerGrad",
              3,
              (r, x, at, n) -> r.powerGrad(x[0], at[0], 1.7, x[1], at[1], x[2], at[2], n)),
          updates(
              "lstmGates",
              5,
              List.of(0),
              (r, x, at, n) ->
                  r.lstmGates(
                      x[1], at[1], x[2], at[2], x[3], at[3], x[4], at[4], x[0], at[0], n / 4)),
          updates(
              "lstmState",
              4,
              List.of(0, 1),
              (r, x, at, n) ->
                  r.lstmState(x[2], at[2], x[3], at[3], x[0], at[0], x[1], at[1], n / 4)),
          updates(
              "lstmGrad",
              7,
              List.of(0, 1),
              (r, x, at, n) ->
                  r.lstmGrad(
                      x[2], at[2], x[3], at[3], x[4], at[4], x[5], at[5], x[6], at[6], x[0], at[0],
                      x[1], at[1], n / 4)),
          reduces("sum", 1, (r, x, at, n) -> r.sum(x[0], at[0], n)),
          reduces("dot", 2, (r, x, at, n) -> r.dot(x[0], at[0], x[1], at[1], n)),
          reduces(
              "centredDot",
              2,
              (r, x, at, n) -> r.centredDot(x[0], at[0], 0.3, x[1], at[1], -1.1, n)),
          writes(
              "normalize",
              2,
              (r, x, at, n) -> r.normalize(x[0], at[0], 0.3, 1.7, -0.1, x[1], at[1], n)),
          writes(
              "normalizeRelu",
              2,
              (r, x, at, n) -> r.normalizeRelu(x[0], at[0], 0.3, 1.7, -0.1, x[1], at[1], n)),
          writes(
              "normalizeAddRelu",
              3,
              (r, x, at, n) ->
                  r.normalizeAddRelu(x[0], at[0], 0.3, 1.7, -0.1, x[1], at[1], x[2], at[2], n)),
          writes(
              "normalizeGrad",
              3,
              (r, x, at, n) ->
                  r.normalizeGrad(x[0], at[0], x[1], at[1], 0.3, 0.9, 0.2, 1.7, x[2], at[2], n)),
          reduces("max", 1, (r, x, at, n) -> r.max(x[0], at[0], n)),
          writes("softmax", 2, (r, x, at, n) -> r.softmax(x[0], at[0], 0.3, x[1], at[1], n)),
          writes(
              "softmaxGrad",
              3,
              (r, x, at, n) -> r.softmaxGrad(x[0], at[0], x[1], at[1], 0.3, x[2], at[2], n)),
          updates(
              "sgd", 2, List.of(0), (r, x, at, n) -> r.sgd(x[0], at[0], x[1], at[1], 0.1, 0.01, n)),
          updates(
              "momentum",
              3,
              List.of(0, 2),
              (r, x, at, n) ->
                  r.momentum(x[0], at[0], x[1], at[1], x[2], at[2], 0.1, 0.9, 0.01, false, n)),
          updates(
              "nesterov",
              3,
              List.of(0, 2),
              (r, x, at, n) ->
                  r.momentum(x[0], at[0], x[1], at[1], x[2], at[2], 0.1, 0.9, 0.01, true, n)),
          updates(
              "adagrad",
              3,
              List.of(0, 2),
              (r, x, at, n) ->
                  r.adagrad(x[0], at[0], x[1], at[1], x[2], at[2], 0.1, 1e-10, 0.01, n)),
          updates(
              "rmsProp",
              3,
              List.of(0, 2),
              (r, x, at, n) ->
                  r.rmsProp(
                      x[0], at[0], x[1], at[1], x[2], null, at[2], 0.1, 0.9, 0, 1e-8, 0.01, n)),
          updates(
              "rmsProp",
              4,
              List.of(0, 2, 3),
              (r, x, at, n) ->
                  r.rmsProp(
                      x[0], at[0], x[1], at[1], x[2], x[3], at[2], 0.1, 0.9, 0.8, 1e-8, 0.01, n)),
          updates(
              "adadelta",
              4,
              List.of(0, 2, 3),
              (r, x, at, n) ->
                  r.adadelta(x[0], at[0], x[1], at[1], x[2], x[3], at[2], 0.1, 0.9, 1e-6, 0.01, n)),
          updates(
              "adam",
              4,
              List.of(0, 2, 3),
              (r, x, at, n) ->
                  r.adam(
                      x[0],
                      at[0],
                      x[1],
                      at[1],
                      x[2],
                      x[3],
                      at[2],
                      1e-3,
                      0.9,
                      0.999,
                      1e-8,
                      0.01,
                      0.99,
                      1 / (1 - 0.9 * 0.9),
                      1 / (1 - 0.999 * 0.999),
                      n)));

  /** Width of a plane of about n elements, even. */
  private static int side(int n) {
    return n < 32 ? Math.max(2, n / 4 * 2) : n < 64 ? 16 : 32;
  }

  /** How many pairs of its rows n elements hold. */
  private static int pairs(int n) {
    return n / (2 * side(n));
  }

  private static RowLoop writes(String name, int operands, Body body) {
    return updates(name, operands, List.of(operands - 1), body);
  }

  private static RowLoop updates(String name, int operands, List<Integer> outputs, Body body) {
    return new RowLoop(
        name,
        operands,
        outputs,
        false,
        (r, x, at, n) -> {
          body.run(r, x, at, n);
          return 0;
        });
  }

  private static RowLoop reduces(String name, int operands, Call call) {
    return new RowLoop(name, operands, List.of(), true, call);
  }

  /** Runs the loop: its result, 0 for a loop that writes tensors. */
  public double run(Rows rows, Tensor[] x, int[] at, int n) {
    return call.run(rows, x, at, n);
  }

  @Override
  public String toString() {
    return name;
  }
}
