package limbeck.autograd.module;

import java.util.function.UnaryOperator;
import limbeck.autograd.Var;

/**
 * What is around each part f of a transformer layer: norm(x + dropout(f(x))); with the norm first,
 * x + dropout(f(norm(x))). The transformer layer registers norm and dropout under its own names.
 */
record Sublayer(LayerNorm norm, Dropout dropout, boolean normFirst) {
  Var forward(Var x, UnaryOperator<Var> f) {
    return normFirst
        ? x.plus(dropout.forward(f.apply(norm.forward(x))))
        : norm.forward(x.plus(dropout.forward(f.apply(x))));
  }
}
