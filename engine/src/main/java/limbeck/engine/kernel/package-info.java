/**
 * The contracts of the loops that everything else is made of: row loops and the matrix product.
 * Only their providers know about SIMD, or about float against double, and all float providers give
 * the same bits.
 */
package limbeck.engine.kernel;
