/**
 * Tensors, their shapes and the memory they live in.
 *
 * <p>A {@link limbeck.engine.tensor.Tensor} is an array, an offset and a {@link
 * limbeck.engine.tensor.Shape}, in row-major order; there are no strides. The element at row i,
 * column j of a [rows, columns] tensor is number i · columns + j. So a reshape, and a slice of the
 * leading axis, are views: another shape or offset on the same array, nothing copied.
 *
 * <pre>{@code
 * float[] array        0 1 2 3 4 5 6 7 8 9
 * t       [3, 2] at 2      2 3 | 4 5 | 6 7
 * t.slice(1, 3)                  4 5 | 6 7      [2, 2] at 4, the same array
 * t.reshape([6])           2 3   4 5   6 7      [6] at 2, the same array
 * }</pre>
 *
 * <p>Everything is computed in F32. F64 is for verification: the same ops, run in double, say how
 * far float32 is from the true value. I32 holds labels, ids, lengths and masks, and has no
 * gradient.
 *
 * <p>A {@link limbeck.engine.tensor.Workspace} hands out the tensors of one training step, one
 * after the other from one large array, and takes them all back at once. A step takes the same
 * sizes in the same order as the step before it, so from the second step on no array is allocated.
 * What it hands out holds whatever was there before: who takes a tensor writes all of it.
 *
 * <p>Tensors only hold numbers. What is computed with them are ops: read on in {@code
 * limbeck.engine.op}.
 */
package limbeck.engine.tensor;
