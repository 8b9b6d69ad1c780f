/**
 * Ops that make one number of many, over any axes of a tensor: sums, means, maxima and the like,
 * and where a maximum is.
 *
 * <p>All go by rows: the elements that make one number of the result, in row-major order, are a
 * row, and the row loops say in which order it is summed. Where the axes are the last ones the rows
 * lie in memory already; else a transposed copy is made, or, for sums, rows are summed side by side
 * ({@link limbeck.engine.kernel.composite.LaneSum}), with the same bits.
 */
package limbeck.engine.op.reduce;
