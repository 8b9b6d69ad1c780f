package limbeck.engine.io;

import limbeck.engine.tensor.DType;

/**
 * The element types of a safetensors file. Those that a tensor has not are widened when they are
 * read, exactly: floating ones to F32, whole numbers to I32, where they must fit.
 */
public enum StoredType {
  /** IEEE binary64; read as it is. */
  F64(8, DType.F64),
  /** IEEE binary32; read as it is. */
  F32(4, DType.F32),
  /** 32 bits with sign; read as they are. */
  I32(4, DType.I32),
  /** 64 bits with sign; values must fit I32. */
  I64(8, DType.I32),
  /** IEEE binary16. */
  F16(2, DType.F32),
  /** bfloat16: the upper half of a binary32. */
  BF16(2, DType.F32),
  /** Four bits of exponent, three of fraction, without infinities; the largest is 448. */
  F8_E4M3(1, DType.F32),
  /** Five bits of exponent, two of fraction: the upper half of a binary16. */
  F8_E5M2(1, DType.F32),
  /** 0 to 2⁶⁴ − 1; values must fit I32. */
  U64(8, DType.I32),
  /** 0 to 2³² − 1; values must fit I32. */
  U32(4, DType.I32),
  /** 0 to 65,535. */
  U16(2, DType.I32),
  /** −32,768 to 32,767. */
  I16(2, DType.I32),
  /** −128 to 127. */
  I8(1, DType.I32),
  /** 0 to 255. */
  U8(1, DType.I32),
  /** 0 or 1 in a byte; other bytes are refused. */
  BOOL(1, DType.I32),
  /** Powers of two; known, but not read. */
  F8_E8M0(1, "powers of two by which other tensors are scaled; multiply them in and store F32"),
  /** Complex numbers; known, but not read. */
  C64(8, "complex numbers; store their parts as F32");

  /** Bytes of one element in the file. */
  final int bytes;

  /** The type in memory, or null. */
  final DType loaded;

  /** Why it is not read, and what to do; null where it is. */
  final String refusal;

  StoredType(int bytes, DType loaded) {
    this.bytes = bytes;
    this.loaded = loaded;
    this.refusal = null;
  }

  StoredType(int bytes, String refusal) {
    this.bytes = bytes;
    this.loaded = null;
    this.refusal = refusal;
  }

  /** Bytes of one element in a file. */
  public int bytes() {
    return bytes;
  }

  /** The type of that name, or null. */
  static StoredType named(String name) {
    for (StoredType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }

  /** The type a tensor is written as where no other is asked for. */
  static StoredType of(DType type) {
    return switch (type) {
      case F32 -> F32;
      case F64 -> F64;
      case I32 -> I32;
    };
  }
}
