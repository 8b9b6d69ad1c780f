package limbeck.engine.op.layout;

import limbeck.engine.op.Op;

/**
 * An op that moves numbers: each element of the result is an element of an operand, or a constant.
 * So results are exact but where several elements meet in one place ({@link ScatterAdd}), and so
 * are gradients but where elements that are used several times add theirs up.
 */
public sealed interface LayoutOp extends Op
    permits Permute,
        Slice,
        Concat,
        Pad,
        Gather,
        OneHot,
        Where,
        MaskFill,
        ExpandAs,
        Flip,
        Tile,
        Triangle,
        TakeAlong,
        ScatterOp,
        SliceAs {}
