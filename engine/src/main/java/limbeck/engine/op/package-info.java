/**
 * Differentiable operations, one record each: shape, forward, backward and facts for checkers in
 * one file.
 *
 * <p>To read one, start with {@link limbeck.engine.op.Relu}, then {@link limbeck.engine.op.Softmax}
 * and {@link limbeck.engine.op.Linear}. Losses are in {@code limbeck.engine.op.loss}.
 */
package limbeck.engine.op;
