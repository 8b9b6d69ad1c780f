package limbeck.engine.op.nn;

import limbeck.engine.op.Op;

/**
 * An op whose operand 0 has channels: x [batch, channels, space …], where space is one axis of a
 * sequence or two of an image. A <em>plane</em> is one channel of one example: neighbours in
 * memory, height · width elements, the height of a sequence being 1.
 */
public sealed interface ChannelOp extends Op
    permits Conv,
        ConvTranspose,
        MaxPool,
        AvgPool,
        GlobalAvgPool,
        AdaptiveAvgPool,
        Resize,
        BatchNorm,
        BatchNormInference {}
