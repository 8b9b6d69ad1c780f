package limbeck.engine.op.nn;

import java.util.Map;
import limbeck.engine.op.OpSpec;

/**
 * A layer of long short-term memory in both directions: x [batch, time, in] gives the hidden states
 * [batch, time, 2·hidden] of all steps, forward ones first. Schuster and Paliwal 1997,
 * Bidirectional recurrent neural networks. Operands are x, the four parameters of the forward
 * direction, then those of the reverse one; see {@link RecurrentOp}.
 *
 * <p>The bits are those of two {@link Lstm} side by side. One op, so that both directions can run
 * at the same time.
 *
 * @param lengths whether operand {@code lengths} [batch], I32, comes last
 * @param ends whether the result is where each direction ends alone, [batch, 2·hidden]: the last
 *     valid state of the forward one beside the first state of the reverse one; zeros for an
 *     example without steps
 */
public record BiLstm(boolean lengths, boolean ends) implements RecurrentOp {
  private static final OpSpec PLAIN =
      OpSpec.of("biLstm")
          .operand("x", "batch time in")
          .operand("weightIh", "gates in")
          .operand("weightHh", "gates hidden")
          .operand("biasIh", "gates")
          .operand("biasHh", "gates")
          .operand("weightIhReverse", "gates in")
          .operand("weightHhReverse", "gates hidden")
          .operand("biasIhReverse", "gates")
          .operand("biasHhReverse", "gates")
          .domain(-1, 1);

  private static final OpSpec WITH_LENGTHS = PLAIN.operand("lengths", "batch");

  @Override
  public int directions() {
    return 2;
  }

  @Override
  public boolean reverse(int direction) {
    return direction == 1;
  }

  @Override
  public boolean initial() {
    return false;
  }

  @Override
  public boolean cells() {
    return false;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("lengths", lengths, "ends", ends);
  }

  @Override
  public OpSpec spec() {
    return lengths ? WITH_LENGTHS : PLAIN;
  }
}
