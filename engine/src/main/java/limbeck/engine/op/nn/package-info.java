/**
 * Ops of layers: normalisation, convolution, attention and the like, each a record. To read one,
 * start with {@link limbeck.engine.op.nn.LayerNorm}.
 */
package limbeck.engine.op.nn;
