package limbeck.engine.program;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import limbeck.engine.io.FormatException;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;

/** The inputs of a program, one at least, each with a name of its own. */
record Signature(List<Input> inputs) {
  Signature {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("program: no inputs");
    }
    Set<String> names = new TreeSet<>();
    for (Input input : inputs) {
      if (!names.add(input.name())) {
        throw new IllegalArgumentException(
            "program: two inputs are named " + FormatException.quote(input.name()));
      }
    }
  }

  /** The only input, for who knows of one alone. */
  Input only() {
    if (inputs.size() != 1) {
      throw new IllegalStateException(
          "program: it takes " + names() + ", not one input; see inputs()");
    }
    return inputs.get(0);
  }

  private List<String> names() {
    return inputs.stream().map(Input::name).toList();
  }

  /** The shapes of {@code n} examples. */
  Shape[] batches(int n) {
    Shape[] batches = new Shape[inputs.size()];
    for (int k = 0; k < batches.length; k++) {
      batches[k] = inputs.get(k).batch(n);
    }
    return batches;
  }

  /** Checks that tensors of these shapes are one batch of examples. */
  void requireBatch(Shape... in) {
    requireCount(in.length);
    int first = -1; // of the inputs with a batch
    for (int k = 0; k < in.length; k++) {
      Input input = inputs.get(k);
      if (!input.fits(in[k])) {
        throw new ShapeException("run: " + describe(k, in) + " is " + input.misfit());
      }
      first = first < 0 && input.batched() ? k : first;
      if (input.batched() && in[k].axis(0) != in[first].axis(0)) {
        throw new ShapeException(
            "run: " + describe(first, in) + " and " + describe(k, in) + " disagree on the batch");
      }
    }
  }

  void requireCount(int given) {
    if (given != inputs.size()) {
      throw new ShapeException("run: inputs " + names() + " expected, " + given + " given");
    }
  }

  private String describe(int k, Shape... in) {
    return "input " + inputs.get(k).name() + " " + in[k];
  }
}
