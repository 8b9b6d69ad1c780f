/** Tensors, their shapes and the memory they live in. */
package limbeck.engine.tensor;
