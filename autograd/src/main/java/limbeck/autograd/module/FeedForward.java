package limbeck.autograd.module;

import limbeck.autograd.Var;
import limbeck.engine.op.ElementwiseOp;

/**
 * The second half of a transformer layer, second(dropout(activation(first(x)))), of layers that the
 * transformer layer registers under its own names.
 */
record FeedForward(Linear first, ElementwiseOp activation, Dropout dropout, Linear second) {
  Var forward(Var x) {
    return second.forward(dropout.forward(first.forward(x).apply(activation)));
  }
}
