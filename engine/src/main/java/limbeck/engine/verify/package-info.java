/**
 * Tools that measure how far a computed number is from the true one; for tests, benches and users'
 * own checks. {@link limbeck.engine.verify.OpCheck} checks an op, built in or of one's own, in
 * every respect of its contract.
 */
package limbeck.engine.verify;
