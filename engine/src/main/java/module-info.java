/** Tensors, kernels, ops, programs and files: everything a distilled student needs to run. */
module limbeck.engine {
  requires static jdk.incubator.vector; // SIMD when the application resolves it, scalar otherwise

  exports limbeck.engine.exec;
  exports limbeck.engine.io;
  exports limbeck.engine.io.onnx;
  exports limbeck.engine.kernel;
  exports limbeck.engine.kernel.composite;
  exports limbeck.engine.math;
  exports limbeck.engine.op;
  exports limbeck.engine.op.index;
  exports limbeck.engine.op.layout;
  exports limbeck.engine.op.loss;
  exports limbeck.engine.op.nn;
  exports limbeck.engine.op.reduce;
  exports limbeck.engine.program;
  exports limbeck.engine.random;
  exports limbeck.engine.tensor;
  exports limbeck.engine.verify;
}
