/** Plain loops in double: the oracle that the float kernels are verified against. */
package limbeck.engine.kernel.f64;
