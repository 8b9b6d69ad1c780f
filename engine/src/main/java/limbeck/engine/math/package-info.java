/**
 * Elementary functions on {@code float} with the same bits on every CPU and JDK: each is a fixed
 * sequence of correctly rounded operations (+ − × ÷ fma, comparisons, integer operations on the
 * bits), at most 2 ulp from the true value.
 */
package limbeck.engine.math;
