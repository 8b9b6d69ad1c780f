/**
 * Ops that make integers, or take them: which of two elements is larger ({@link
 * limbeck.engine.op.index.Compare}), where in a row the largest are ({@link
 * limbeck.engine.op.reduce.ArgMax}, {@link limbeck.engine.op.index.TopK}), arithmetic of integers
 * ({@link limbeck.engine.op.index.IntegerMath}), and numbers as integers and back ({@link
 * limbeck.engine.op.index.ToIntegers}, {@link limbeck.engine.op.index.ToFloats}). Results of type
 * I32 are the masks and indices of the ops in {@link limbeck.engine.op.layout}. No op here has a
 * gradient.
 *
 * <p>NaN counts as larger than every number where elements are put in order, and compares as IEEE
 * 754 has it: it differs from everything, itself included.
 */
package limbeck.engine.op.index;
