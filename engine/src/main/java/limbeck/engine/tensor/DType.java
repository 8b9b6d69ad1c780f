package limbeck.engine.tensor;

/**
 * The element types of a {@link Tensor}. Narrow types (int8, float16, bfloat16) exist in files
 * only.
 */
public enum DType {
  /** IEEE 754 binary32: the type everything is computed in. */
  F32(4),
  /** IEEE 754 binary64: the oracle that float32 is verified against. */
  F64(8),
  /** Labels, token ids, lengths and masks. Nothing differentiates it. */
  I32(4);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether values of this type are computed with, and so may have a gradient. */
  public boolean isFloating() {
    return this != I32;
  }
}
