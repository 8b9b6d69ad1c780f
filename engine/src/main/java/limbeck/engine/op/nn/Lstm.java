package limbeck.engine.op.nn;

import java.util.Map;
import limbeck.engine.op.OpSpec;

/**
 * A layer of long short-term memory in one direction: x [batch, time, in] gives the hidden states h
 * [batch, time, hidden] of all steps. Operands are x, weightIh, weightHh, biasIh, biasHh; see
 * {@link RecurrentOp}.
 *
 * @param reverse whether time runs backwards
 * @param lengths whether operand {@code lengths} [batch], I32, follows the five
 * @param initial whether operands {@code h0} and {@code c0} [batch, hidden] come last
 * @param cells whether the result is h and c side by side, [batch, time, 2·hidden]
 */
public record Lstm(boolean reverse, boolean lengths, boolean initial, boolean cells)
    implements RecurrentOp {
  private static final OpSpec[] SPECS = {
    spec(false, false), spec(true, false), spec(false, true), spec(true, true)
  };

  /** A layer of sequences that are all of one length, from an empty state. */
  public Lstm(boolean reverse) {
    this(reverse, false, false, false);
  }

  private static OpSpec spec(boolean lengths, boolean initial) {
    OpSpec spec =
        OpSpec.of("lstm")
            .operand("x", "batch time in")
            .operand("weightIh", "gates in")
            .operand("weightHh", "gates hidden")
            .operand("biasIh", "gates")
            .operand("biasHh", "gates")
            .domain(-1, 1);
    spec = lengths ? spec.operand("lengths", "batch") : spec;
    return initial ? spec.operand("h0", "batch hidden").operand("c0", "batch hidden") : spec;
  }

  @Override
  public int directions() {
    return 1;
  }

  @Override
  public boolean reverse(int direction) {
    return reverse;
  }

  @Override
  public boolean ends() {
    return false;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("reverse", reverse, "lengths", lengths, "initial", initial, "cells", cells);
  }

  @Override
  public OpSpec spec() {
    return SPECS[(lengths ? 1 : 0) + (initial ? 2 : 0)];
  }
}
