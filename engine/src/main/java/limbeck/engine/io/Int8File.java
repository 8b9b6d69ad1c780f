package limbeck.engine.io;

import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Codes and scales in files, which are checked before they are multiplied. */
final class Int8File {
  private Int8File() {}

  static Int8Channels read(TensorFile file, String name, String scale) throws FormatException {
    Tensor codes = stored(file, name, StoredType.I8);
    Tensor scales = stored(file, scale, StoredType.F32);
    String who = file.source() + ": tensor " + FormatException.quote(name);
    if (codes.shape().rank() == 0) {
      throw new FormatException(who + " has no axis for its scales");
    }
    Shape needed = Shape.of(codes.shape().axis(0));
    if (!scales.shape().equals(needed)) {
      throw new FormatException(
          who + codes.shape() + " needs scales " + needed + ", found " + scales.shape());
    }
    for (int i = 0; i < codes.size(); i++) {
      if (codes.ints()[i] == Byte.MIN_VALUE) {
        throw new FormatException(who + " has -128 at element " + i + "; codes are -127 to 127");
      }
    }
    for (int c = 0; c < scales.size(); c++) {
      float s = scales.floats()[c];
      if (!(s >= 0) || !Float.isFinite(Int8Channels.MOST * s)) {
        throw new FormatException(
            who
                + " has the scale "
                + (Float.isFinite(s) ? ShortestDecimal.of(s) : Float.toString(s))
                + " at element "
                + c
                + "; scales are from 0 on, and 127 times a scale is finite");
      }
    }
    return new Int8Channels(codes, scales);
  }

  private static Tensor stored(TensorFile file, String name, StoredType type)
      throws FormatException {
    if (file.stored(name) != type) {
      throw new FormatException(
          file.source()
              + ": tensor "
              + FormatException.quote(name)
              + " is stored as "
              + file.stored(name)
              + ", needed as "
              + type
              + " for weights of int8");
    }
    return file.tensor(name);
  }
}
