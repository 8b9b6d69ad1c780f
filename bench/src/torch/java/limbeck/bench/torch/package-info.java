/**
 * Our ops beside libtorch's, result and gradients, on cases drawn anew in each run: in profile
 * {@code torch-oracle} alone, since libtorch is native.
 */
package limbeck.bench.torch;
