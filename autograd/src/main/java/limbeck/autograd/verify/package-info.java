/**
 * Checks that a model's gradients are the derivatives of its loss, and the same bits each time:
 * {@link limbeck.autograd.verify.ModelCheck}. Single ops are checked by {@link
 * limbeck.engine.verify.OpCheck}.
 */
package limbeck.autograd.verify;
