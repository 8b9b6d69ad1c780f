/**
 * Differentiable operations, one record each. An op answers four questions, in one file:
 *
 * <ol>
 *   <li>{@code infer}: which shape has the result? Here, and only here, shapes are checked.
 *   <li>{@code forward}: what is the result y?
 *   <li>{@code backward}: given dy = d loss / dy, what are d loss / d of its operands? An op need
 *       not know the loss for that, nor what comes before or after it: the chain rule says that dy
 *       is enough.
 *   <li>{@code spec}: what are its operands called, where has it a kink, which ONNX operator is it?
 *       Tests, messages and exporters ask.
 * </ol>
 *
 * <p>For y = max(x, 0) with x = (−1, 2), and a loss that grows by 5 with each of the y:
 *
 * <pre>{@code
 * infer      [2]            the shape of x
 * forward    y  = (0, 2)
 * backward   dy = (5, 5)    from what comes after
 *            dx = (0, 5)    dy where y > 0, else 0: a negative x does not move the loss
 * }</pre>
 *
 * <p>That is {@link limbeck.engine.op.Relu}: read it first, with {@link
 * limbeck.engine.op.ElementwiseOp}, which shares the work out to threads. Then {@link
 * limbeck.engine.op.Softmax}, whose rows belong together; {@link limbeck.engine.op.Linear}, which
 * has three operands and leaves the work to the matrix product; and {@link
 * limbeck.engine.op.loss.CrossEntropy}, which leaves something for backward in a buffer. The
 * contract of all is in {@link limbeck.engine.op.Op}.
 *
 * <p>Losses are in {@code limbeck.engine.op.loss}, ops that move numbers in {@code op.layout}, sums
 * and the like over axes in {@code op.reduce}, layers of networks in {@code op.nn}. Who calls
 * {@code backward}, and adds up where a value was used more than once, is the tape: read on in
 * {@code limbeck.autograd}.
 */
package limbeck.engine.op;
