/**
 * Ops that move numbers: to other places ({@link limbeck.engine.op.layout.Permute}, {@link
 * limbeck.engine.op.layout.Slice}, {@link limbeck.engine.op.layout.SliceAs}, {@link
 * limbeck.engine.op.layout.Concat}, {@link limbeck.engine.op.layout.Pad}, {@link
 * limbeck.engine.op.layout.ExpandAs}, {@link limbeck.engine.op.layout.Flip}, {@link
 * limbeck.engine.op.layout.Tile}, {@link limbeck.engine.op.layout.Triangle}), or by labels, ids and
 * masks. The order of the work is in {@link limbeck.engine.kernel.composite.StridedCopy}.
 *
 * <p>Axes may be counted from the end: −1 is the last. No op here holds a batch number.
 */
package limbeck.engine.op.layout;
