package limbeck.engine.io.onnx;

import limbeck.engine.tensor.DType;

/**
 * The element types of ONNX (TensorProto.DataType) that are read. Numbers become F32, whole numbers
 * and booleans I32, with a check that they fit.
 */
public enum OnnxType {
  /** IEEE binary32. */
  FLOAT(1, 4, DType.F32),
  /** 0 to 255. */
  UINT8(2, 1, DType.I32),
  /** −128 to 127. */
  INT8(3, 1, DType.I32),
  /** 0 to 65,535. */
  UINT16(4, 2, DType.I32),
  /** −32,768 to 32,767. */
  INT16(5, 2, DType.I32),
  /** 32 bits with sign. */
  INT32(6, 4, DType.I32),
  /** 64 bits with sign; values must fit 32. */
  INT64(7, 8, DType.I32),
  /** 0 or 1. */
  BOOL(9, 1, DType.I32),
  /** IEEE binary16, widened. */
  FLOAT16(10, 2, DType.F32),
  /** IEEE binary64, rounded to F32. */
  DOUBLE(11, 8, DType.F32),
  /** 0 to 2³² − 1; values must fit 31 bits. */
  UINT32(12, 4, DType.I32),
  /** The upper half of a binary32, widened. */
  BFLOAT16(16, 2, DType.F32);

  private final int number;
  private final int bytes;
  private final DType stored;

  OnnxType(int number, int bytes, DType stored) {
    this.number = number;
    this.bytes = bytes;
    this.stored = stored;
  }

  /** Its number in files. */
  public int number() {
    return number;
  }

  /** Bytes of one element in raw data. */
  public int bytes() {
    return bytes;
  }

  /** The type of a tensor that holds it. */
  public DType stored() {
    return stored;
  }

  /** Whether it is one of the floating types. */
  public boolean isFloating() {
    return stored.isFloating();
  }

  /** The type with a number; null for those that are not read. */
  static OnnxType of(long number) {
    for (OnnxType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    return null;
  }
}
