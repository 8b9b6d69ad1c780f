/**
 * Losses as ops: each gives one number from a batch of outputs, and the gradient with respect to
 * them.
 */
package limbeck.engine.op.loss;
