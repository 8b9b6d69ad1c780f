/**
 * Reverse-mode differentiation: {@link limbeck.autograd.Tape} records the ops applied to {@link
 * limbeck.autograd.Var}s and walks them backward; {@link limbeck.autograd.ParameterStore} holds
 * what is learned.
 */
package limbeck.autograd;
