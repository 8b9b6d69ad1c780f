package limbeck.autograd;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.tensor.Shape;

/** A module of parameters w0, w1 … of given shapes; forward gives back its input. */
public final class Weights extends Module {
  private final List<Parameter> all = new ArrayList<>();

  public Weights(Init init, Shape... shapes) {
    for (int i = 0; i < shapes.length; i++) {
      all.add(parameter("w" + i, shapes[i], init));
    }
  }

  public Parameter get(int i) {
    return all.get(i);
  }

  @Override
  public Var forward(Var x) {
    return x;
  }
}
