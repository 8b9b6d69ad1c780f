package limbeck.engine.io;

import limbeck.engine.tensor.Shape;

/**
 * A tensor of a file.
 *
 * @param type in the file
 * @param content the tensor in memory, or a string why it could not be loaded
 */
record StoredTensor(StoredType type, Shape shape, Object content) {}
