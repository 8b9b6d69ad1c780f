/** Checks that a model's gradients are the derivatives of its loss. */
package limbeck.autograd.verify;
