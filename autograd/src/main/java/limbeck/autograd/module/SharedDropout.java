package limbeck.autograd.module;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Dropout that decides about several elements of x at once: {@link Dropout} of ones, stretched. */
abstract sealed class SharedDropout extends Module permits ChannelDropout, VariationalDropout {
  private final Dropout dropout;

  /** Ones of the last shape asked for. */
  private Tensor ones = Tensor.zeros(DType.F32, Shape.of(0));

  SharedDropout(double rate) {
    dropout = child("mask", new Dropout(rate));
  }

  /** The shape of the decisions about x: its axes, some of them 1. */
  abstract Shape decisions(Shape x);

  @Override
  public final Var forward(Var x) {
    Shape shape = decisions(x.shape());
    if (!mode().training()) {
      return x;
    }
    if (!ones.shape().equals(shape) || ones.dtype() != x.value().dtype()) {
      ones = Tensor.zeros(x.value().dtype(), shape);
      ones.fill(1);
    }
    return x.times(dropout.forward(Var.of(ones)));
  }
}
