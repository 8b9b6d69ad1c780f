/**
 * Models of other programs: ONNX files are read here, by a protobuf reader of our own, and become
 * {@link limbeck.engine.program.Program}s. {@link limbeck.engine.io.onnx.OnnxModel} is the file as
 * it is, {@link limbeck.engine.io.onnx.OnnxImport} what makes a program of it: the classes named
 * after families of operators say how each is put together out of ops.
 *
 * <p>Files are taken as hostile: every length is checked before use, and whatever is wrong ends in
 * a {@link limbeck.engine.io.FormatException} that names file, place and limit.
 */
package limbeck.engine.io.onnx;
