/**
 * Optimizers over flat parameter stores, groups of parameters with settings of their own,
 * learning-rate schedules, averages of weights, clipping and constraints.
 */
package limbeck.autograd.optim;
