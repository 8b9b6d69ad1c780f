/**
 * Benchmarks of the kernels, with JMH and without. What they compute is checked by the module's
 * tests.
 */
package limbeck.bench;
