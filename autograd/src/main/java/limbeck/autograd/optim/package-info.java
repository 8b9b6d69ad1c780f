/** Optimizers over flat parameter stores, learning-rate schedules, clipping and constraints. */
package limbeck.autograd.optim;
