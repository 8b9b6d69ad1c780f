/**
 * Differentiable operations, one record each: shape, forward, backward and facts for checkers in
 * one file.
 *
 * <p>To read one, start with {@link limbeck.engine.op.Relu}, then {@link limbeck.engine.op.Softmax}
 * and {@link limbeck.engine.op.Linear}. Losses are in {@code limbeck.engine.op.loss}, ops that move
 * numbers in {@code op.layout}, sums and the like over axes in {@code op.reduce}, layers of
 * networks in {@code op.nn}.
 */
package limbeck.engine.op;
