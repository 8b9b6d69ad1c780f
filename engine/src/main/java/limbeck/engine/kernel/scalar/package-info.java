/** Plain loops in float: for JVMs without the Vector API, with the bits of the vector kernels. */
package limbeck.engine.kernel.scalar;
