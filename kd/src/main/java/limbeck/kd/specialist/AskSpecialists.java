package limbeck.kd.specialist;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.CustomOp;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.OperandType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Logits of a generalist and of specialists become those of all together. Example by example: the
 * specialists are asked that have one of the classes that the generalist finds likeliest; if there
 * are any, the result is ln q of the distribution that agrees best with it and them (see {@code
 * Consensus}), computed in double precision and rounded; if none, the generalist's logits as they
 * are. No gradient flows through. Hinton, Vinyals and Dean 2015, arXiv:1503.02531, section 5.4.
 *
 * <p>Operands: the generalist's logits [batch, classes]; special [specialists, classes], where
 * numbers above 0 mark the classes of each specialist; and the specialists' logits, [batch,
 * classes] each, of which only the probabilities of their classes count, and the sum of all others.
 *
 * @param specialists how many
 * @param likeliest how many of the generalist's likeliest classes call specialists; the paper's is
 *     1
 */
public record AskSpecialists(int specialists, int likeliest) implements CustomOp {
  /** Steps times operations of one, roughly. */
  private static final int COST = 500;

  private static final String AXES = "batch classes";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public AskSpecialists {
    if (specialists < 1 || likeliest < 1) {
      throw new IllegalArgumentException(
          "askSpecialists: "
              + specialists
              + " specialists, called by the "
              + likeliest
              + " likeliest classes: 1 or more of both expected");
    }
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    boolean fit = in[0].rank() == 2 && in[1].equals(Shape.of(specialists, in[0].last()));
    for (int m = 0; m < specialists; m++) {
      fit &= in[m + 2].equals(in[0]);
    }
    if (!fit || in[0].last() < likeliest) {
      throw new ShapeException(
          "askSpecialists: operands "
              + List.of(in)
              + "; logits [batch, classes] of a generalist, special ["
              + specialists
              + ", classes], and logits like the first of "
              + specialists
              + " specialists expected, with "
              + likeliest
              + " classes or more");
    }
    return in[0];
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    int[][] outputs = outputs(in[1]);
    c.forEach(
        out.shape().rows(),
        (long) COST * specialists * out.shape().last(),
        (from, to) -> {
          for (int row = from; row < to; row++) {
            forward(in, row, outputs, out);
          }
        });
  }

  /** Of each specialist, the output of each class: special ones ascending, then the dustbin. */
  private int[][] outputs(Tensor special) {
    int classes = special.shape().last();
    int[][] outputs = new int[specialists][classes];
    for (int m = 0; m < specialists; m++) {
      int dustbin = 0;
      for (int k = 0; k < classes; k++) {
        boolean own = special.get(m * classes + k) > 0;
        outputs[m][k] = own ? dustbin++ : -1;
      }
      for (int k = 0; k < classes; k++) {
        outputs[m][k] = outputs[m][k] < 0 ? dustbin : outputs[m][k];
      }
    }
    return outputs;
  }

  private void forward(Tensor[] in, int row, int[][] outputs, Tensor out) {
    int classes = out.shape().last();
    double[] p = softmax(in[0], row, classes);
    boolean[] calling = likeliest(p);
    List<Consensus.Opinion> opinions = new ArrayList<>();
    for (int m = 0; m < specialists; m++) {
      if (called(in[1], m, calling)) {
        opinions.add(Consensus.Opinion.of(outputs[m], softmax(in[m + 2], row, classes)));
      }
    }
    double[] q = opinions.isEmpty() ? null : new Consensus(p, opinions).solve();
    for (int k = 0; k < classes; k++) {
      int at = row * classes + k;
      out.set(at, q == null ? in[0].get(at) : StrictMath.log(q[k]));
    }
  }

  private static boolean called(Tensor special, int specialist, boolean[] calling) {
    for (int k = 0; k < calling.length; k++) {
      if (calling[k] && special.get(specialist * calling.length + k) > 0) {
        return true;
      }
    }
    return false;
  }

  private static double[] softmax(Tensor logits, int row, int classes) {
    double[] z = new double[classes];
    for (int k = 0; k < classes; k++) {
      z[k] = logits.get(row * classes + k);
    }
    return Probabilities.softmax(z);
  }

  /** The likeliest classes; of equal ones the lower first. */
  private boolean[] likeliest(double[] p) {
    boolean[] chosen = new boolean[p.length];
    for (int n = 0; n < likeliest; n++) {
      int best = -1;
      for (int k = 0; k < p.length; k++) {
        if (!chosen[k] && (best < 0 || p[k] > p[best])) {
          best = k;
        }
      }
      chosen[best] = true;
    }
    return chosen;
  }

  /**
   * None: a consensus is asked, not trained.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    throw new UnsupportedOperationException("askSpecialists: has no gradient");
  }

  @Override
  public boolean differentiable(int k) {
    return false;
  }

  @Override
  public OperandType operandType(int k) {
    return OperandType.FLOATING;
  }

  @Override
  public OpSpec spec() {
    OpSpec spec =
        OpSpec.of("askSpecialists")
            .operand("generalist", AXES)
            .operand("special", "specialists classes");
    for (int m = 1; m <= specialists; m++) {
      spec = spec.operand("specialist " + m, AXES);
    }
    return spec;
  }
}
