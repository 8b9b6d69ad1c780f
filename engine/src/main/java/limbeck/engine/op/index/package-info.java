/**
 * Ops that answer with integers: which of two elements is larger ({@link
 * limbeck.engine.op.index.Compare}), and where in a row the largest are ({@link
 * limbeck.engine.op.reduce.ArgMax}, {@link limbeck.engine.op.index.TopK}). Their results, of type
 * I32, are the masks and indices of the ops in {@link limbeck.engine.op.layout}.
 *
 * <p>NaN counts as larger than every number where elements are put in order, and compares as IEEE
 * 754 has it: it differs from everything, itself included.
 */
package limbeck.engine.op.index;
