/**
 * Programs: a model's forward pass as a list of ops, free of modules, gradients and batch sizes.
 * {@link limbeck.engine.program.Program} is what a student is deployed as; it takes one or several
 * {@link limbeck.engine.program.Input inputs} and has one or several outputs, and a {@link
 * limbeck.engine.program.Runner} runs it.
 */
package limbeck.engine.program;
