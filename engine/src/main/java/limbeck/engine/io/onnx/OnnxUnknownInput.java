package limbeck.engine.io.onnx;

import java.util.Set;
import limbeck.engine.io.FormatException;

/** A model that can only be imported once it is known what some of its inputs are. */
public final class OnnxUnknownInput extends FormatException {
  private static final long serialVersionUID = 1L;
  private final transient Set<String> inputs;

  OnnxUnknownInput(String message, Set<String> inputs) {
    super(message + "; inputs that may be given: " + inputs);
    this.inputs = inputs;
  }

  /** Inputs to give a value with {@link OnnxImport#with}; empty if that does not help. */
  public Set<String> inputs() {
    return inputs;
  }
}
