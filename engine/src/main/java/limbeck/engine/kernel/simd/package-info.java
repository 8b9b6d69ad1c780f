/**
 * Vector loops for the matrix product, the row loops and the functions; the only package that needs
 * the Vector API.
 */
package limbeck.engine.kernel.simd;
