/**
 * Reverse-mode differentiation. An op ({@link limbeck.engine.op}) knows its own derivative; here
 * ops are chained, and gradients taken back through the chain. For x = (3, 4) and the loss x₁² +
 * x₂²:
 *
 * <pre>{@code
 * Var x = Var.input(Tensor.of(Shape.of(1, 2), 3f, 4f)).named("x");
 * try (Tape tape = Tape.open(new OpContext())) {
 *   Var squares = x.times(x).named("squares");    // forward: (9, 16), recorded as step 0
 *   Var loss = squares.sum();                     //          25,      recorded as step 1
 *   tape.backward(loss);                          // step 1: d squares = (1, 1)
 *                                                 // step 0: dx = 1·x + 1·x = (6, 8), two uses
 *   System.out.print(tape.explain());
 * }
 *
 * result             gradient norm  op   operands
 * #0 squares [1, 2]          1.414  mul  x [1, 2], x [1, 2]
 * #1 []                      1.000  sum  #0 squares [1, 2]
 * x [1, 2]                   10.00
 * }</pre>
 *
 * <p>The order in which to read it:
 *
 * <ol>
 *   <li>{@link limbeck.autograd.Var} is a value that ops are applied to: {@code x.apply(new
 *       Relu())}. With no tape open that is all that happens.
 *   <li>{@link limbeck.autograd.Tape} is a list. While one is open, each application of an op is
 *       added to it; {@code backward} walks it from the end, asks each op for the gradients of its
 *       operands, and adds up where a value was used more than once.
 *   <li>{@link limbeck.autograd.Parameter} is a value that is learned. All of a model's lie in one
 *       array, and their gradients in another: {@link limbeck.autograd.ParameterStore}, which is
 *       what optimizers work on.
 *   <li>{@link limbeck.autograd.Module} names parameters and says how they are used; {@link
 *       limbeck.autograd.module.Linear} is the smallest that does both: read on in {@link
 *       limbeck.autograd.module}.
 *   <li>{@link limbeck.autograd.Tracer} turns a model into a program that needs none of these.
 * </ol>
 *
 * <p>To look inside: {@link limbeck.autograd.Tape#explain} for a step, {@link
 * limbeck.autograd.Summary} for what a model consists of and costs, {@link limbeck.autograd.Taps}
 * for inner activations by name.
 *
 * <p>A training step:
 *
 * <pre>{@code
 * Module model = new Sequential(new Linear(784, 32), Activation.relu(), new Linear(32, 10)).init(7);
 * Optimizer optimizer = new Sgd(model.parameters(), 0.1);
 * OpContext context = new OpContext();
 *
 * model.train(7, step);
 * try (Tape tape = Tape.open(context)) {
 *   Var loss = model.forward(Var.of(x)).apply(new CrossEntropy(), Var.of(labels));
 *   tape.backward(loss);
 * }
 * optimizer.step(context.workers());
 * }</pre>
 *
 * <p>Everything here has the same bits for any number of threads, and belongs to one thread at a
 * time: the one that opened the tape.
 */
package limbeck.autograd;
