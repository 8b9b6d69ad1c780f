package limbeck.autograd.module;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.op.Reshape;
import limbeck.engine.op.layout.Slice;
import limbeck.engine.op.nn.LastStep;
import limbeck.engine.tensor.Shape;

/**
 * What layers of long short-term memory and of gated recurrent units in one and in two directions
 * share: parameters by the names of users' checkpoints, and dropout between layers.
 */
abstract sealed class RecurrentLayers extends Module permits Lstm, BiLstm, Gru, BiGru {
  private final int gates;
  private final Direction[][] directions;
  private final Dropout[] dropouts;

  /**
   * @param gatesOfUnit gates and candidates of a unit
   * @param both whether each layer reads in both directions, and the next one the states of both
   */
  RecurrentLayers(
      String who, int gatesOfUnit, int in, int hidden, int layers, double dropout, boolean both) {
    if (in < 1 || hidden < 1 || layers < 1) {
      throw new IllegalArgumentException(
          who + ": " + layers + " layers from " + in + " to " + hidden + ", 1 each at least");
    }
    double rate = new limbeck.engine.op.Dropout(dropout, 0, 0).rate(); // which checks it
    gates = gatesOfUnit;
    directions = new Direction[layers][both ? 2 : 1];
    dropouts = new Dropout[layers - 1];
    for (int layer = 0; layer < layers; layer++) {
      int width = layer == 0 ? in : hidden * directions[0].length;
      for (int d = 0; d < directions[layer].length; d++) {
        String suffix = "_l" + layer + (d == 0 ? "" : "_reverse");
        directions[layer][d] = direction(suffix, width, hidden, d == 1);
      }
    }
    for (int i = 0; i < dropouts.length; i++) {
      dropouts[i] = child("dropout" + i, new Dropout(rate));
    }
  }

  private Direction direction(String suffix, int in, int hidden, boolean reverse) {
    Init init = Init.uniform(1 / StrictMath.sqrt(hidden));
    return new Direction(
        parameter("weight_ih" + suffix, Shape.of(gates * hidden, in), init),
        parameter("weight_hh" + suffix, Shape.of(gates * hidden, hidden), init),
        parameter("bias_ih" + suffix, Shape.of(gates * hidden), init),
        parameter("bias_hh" + suffix, Shape.of(gates * hidden), init),
        reverse);
  }

  /** One layer in one direction. */
  record Direction(
      Parameter weightIh,
      Parameter weightHh,
      Parameter biasIh,
      Parameter biasHh,
      boolean reverse) {}

  final int layers() {
    return directions.length;
  }

  final Direction direction(int layer, int d) {
    return directions[layer][d];
  }

  /** Dropout of what a layer hands to the one above it. */
  final Var dropped(int layer, Var states) {
    return layer < dropouts.length ? dropouts[layer].forward(states) : states;
  }

  /** The last valid step of each example, [batch, width]. */
  static Var lastStep(Var states, Var lengths) {
    return lengths == null
        ? step(states, new Slice(1, -1, Slice.END))
        : states.apply(new LastStep(), lengths);
  }

  /**
   * The last valid step of each example, and that of {@code initial} [batch, width] where there is
   * none.
   */
  static Var lastStep(Var states, Var lengths, Var initial) {
    if (lengths != null) {
      return states.apply(new LastStep(true), lengths, initial);
    }
    return states.shape().axis(1) == 0 ? initial : lastStep(states, null);
  }

  private static Var step(Var states, Slice one) {
    return states.apply(one).apply(Reshape.to(0, states.shape().last()));
  }
}
