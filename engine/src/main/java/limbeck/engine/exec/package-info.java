/**
 * Threads: a pool that shares out ranges of independent work, and how work is cut into chunks.
 *
 * <p>A call of {@link limbeck.engine.exec.Workers#forEach} has units of work, such as the rows of a
 * matrix, cut into chunks of equal size. {@link limbeck.engine.exec.Chunks} says how many units
 * make a chunk, from the cost of one unit alone: never from the number of threads. Each worker
 * begins with a range of chunks and takes from its front; one that has none left steals the back
 * half of another's range.
 *
 * <pre>{@code
 * chunks      0  1  2  3  4  5  6  7  8  9 10 11
 * worker 0    [0  1  2  3  4  5]                     takes 0, 1, …
 * worker 1                      [6  7  8  9 10 11]   takes 6, 7, … 11, then steals the back half of
 *                                                    what worker 0 has left
 * }</pre>
 *
 * <p>Which worker runs which chunk differs from run to run, and cannot show in a result: chunks do
 * not depend on each other and write to disjoint places, and their borders are the same for every
 * number of threads. What adds up over units is added afterwards, in a fixed order.
 *
 * <p>Where an element provably depends on nothing but its own operands, as in matrix products and
 * convolutions, the work may be cut for the threads at hand instead.
 *
 * <p>Handing a chunk to another thread takes half a microsecond while that spins, as it does for a
 * while after its last, and tens of them when it sleeps. So a chunk is made large enough to be
 * worth it, and a call of one chunk runs in the caller. With one worker everything does, and no
 * thread is ever started: {@link limbeck.engine.exec.Workers#inline()}.
 */
package limbeck.engine.exec;
