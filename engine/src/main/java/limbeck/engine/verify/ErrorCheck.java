package limbeck.engine.verify;

import java.util.Arrays;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;

/** Wrong shapes must be refused, in one line that says what disagrees. */
final class ErrorCheck {
  private static final String CHECK = "errors";

  private ErrorCheck() {}

  static void run(Op op, OpSample sample, Findings findings) {
    Shape[] shapes = sample.shapes();
    try {
      Shape result = op.infer(shapes);
      findings.fail(CHECK, Arrays.toString(shapes) + " accepted, giving " + result);
    } catch (ShapeException e) {
      checkMessage(op, sample, String.valueOf(e.getMessage()), findings);
    } catch (RuntimeException e) {
      findings.fail(CHECK, "refused with " + e + ", ShapeException expected");
    }
  }

  private static void checkMessage(Op op, OpSample sample, String message, Findings findings) {
    if (!message.startsWith(op.spec().name() + ": ")) {
      findings.fail(CHECK, "message does not begin with the op's name: " + message);
    }
    if (message.indexOf('\n') >= 0) {
      findings.fail(CHECK, "message has more than one line: " + message);
    }
    for (String text : sample.refusal()) {
      if (!message.contains(text)) {
        findings.fail(CHECK, "message does not contain \"" + text + "\": " + message);
      }
    }
  }
}
