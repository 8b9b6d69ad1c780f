/**
 * Measures of what a classifier got right, how sure it was and how close it is to its teacher, with
 * the intervals and tests that turn them into a verdict.
 *
 * <p>Everything is a pure function of its arguments, computed in double precision with {@link
 * java.lang.StrictMath}. Sums over examples are exact before they are rounded once, so neither the
 * order of the examples nor the way they were split up changes a bit of any figure.
 */
package limbeck.kd.metric;
