package limbeck.kd.objective;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;

/** A learned matrix from a student's states to the space of its teacher's: x · W. */
final class Projection extends Module {
  private final Parameter weight;

  Projection(int from, int to) {
    weight = parameter("weight", Shape.of(from, to), Init.xavier(from, to));
  }

  @Override
  public Var forward(Var x) {
    return x.matmul(weight);
  }
}
