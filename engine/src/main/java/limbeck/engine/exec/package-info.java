/**
 * Threads: a pool that shares out ranges of independent work, and how work is cut into chunks.
 *
 * <p>Chunks depend on the size and cost of the work alone, so who runs which chunk can never show
 * in a result.
 */
package limbeck.engine.exec;
