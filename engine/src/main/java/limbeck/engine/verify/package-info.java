/**
 * Tools that measure how far a computed number is from the true one; for tests, benches and users'
 * own checks.
 */
package limbeck.engine.verify;
