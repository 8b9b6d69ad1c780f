package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;

/** The same formula as an op's, in operations of libtorch; I32 operands come as INT64. */
@FunctionalInterface
interface TorchFunction {
  NDArray of(NDArray... in);
}
