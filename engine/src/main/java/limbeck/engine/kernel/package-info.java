/**
 * The contracts of the loops that everything else is made of: {@linkplain
 * limbeck.engine.kernel.Rows row loops}, the {@linkplain limbeck.engine.kernel.Gemm matrix product}
 * and {@linkplain limbeck.engine.kernel.Winograd Winograd's convolution}. Only their providers know
 * about SIMD, or about float against double, and all float providers give the same bits.
 *
 * <p>A <em>row loop</em> is a short loop over n neighbouring elements of each operand: y = a + b, y
 * = eˣ, Σ a·b, a step of an optimizer. It runs in the calling thread and allocates nothing. What is
 * larger, such as the softmax of a row, is written once, as a few row loops one after the other
 * over a row that stays in the first-level cache (package {@code composite}). So each loop exists
 * three times, as plain float, as vectors of float and as plain double, and all else exists once.
 *
 * <p>Elementwise loops have no order to agree on: each element is a fixed sequence of operations
 * that are rounded alike everywhere. Sums have one. The terms of a sum go to <em>16 virtual
 * lanes</em>, term k to lane k mod 16; each lane adds what it gets in ascending order; then the
 * lanes fold, 8 onto 8, 4 onto 4, 2 onto 2, 1 onto 1. The sum of 1, 2, … 20:
 *
 * <pre>{@code
 * lane    0   1   2   3   4   5   6   7   8   9  10  11  12  13  14  15
 *         1   2   3   4   5   6   7   8   9  10  11  12  13  14  15  16
 *        17  18  19  20
 *       --------------------------------------------------------------
 *        18  20  22  24   5   6   7   8   9  10  11  12  13  14  15  16
 * + 8    27  30  33  36  18  20  22  24
 * + 4    45  50  55  60
 * + 2   100 110
 * + 1   210
 * }</pre>
 *
 * <p>A vector of 512 bits is the 16 lanes; of 256 bits, two of them are, one for lanes 0 to 7 and
 * one for 8 to 15; of 128 bits, four; and without vectors they are 16 floats. Each adds the same
 * pairs in the same order, so the bits are the same, whatever the hardware has. Sums of more than
 * 4,096 terms are cut into blocks of 4,096, and the blocks' values are added in ascending order.
 *
 * <p>An element of a matrix product is such a sum of blocks too, but within a block it is one chain
 * of fma over ascending k: there each lane of a vector has an element of the result of its own.
 *
 * <p>{@link limbeck.engine.kernel.KernelProvider} chooses the kernels of a JVM, once.
 */
package limbeck.engine.kernel;
