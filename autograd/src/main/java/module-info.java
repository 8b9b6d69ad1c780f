/** Tape, parameters, layers and optimizers. */
module limbeck.autograd {
  requires transitive limbeck.engine;

  exports limbeck.autograd;
  exports limbeck.autograd.module;
  exports limbeck.autograd.optim;
  exports limbeck.autograd.verify;
}
