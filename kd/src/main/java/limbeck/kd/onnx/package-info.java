/**
 * ONNX's own test cases, run by an import: each is a model with inputs and the outputs that it must
 * give.
 */
package limbeck.kd.onnx;
