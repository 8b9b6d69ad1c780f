package limbeck.engine.io;

import limbeck.engine.tensor.DType;

/**
 * The element types of a safetensors file; those without a {@link #loaded} type are known, but not
 * read.
 */
enum StoredType {
  F64(8, DType.F64),
  F32(4, DType.F32),
  I32(4, DType.I32),
  /** Loaded as I32 when all values fit. */
  I64(8, DType.I32),
  F16(2, null),
  BF16(2, null),
  F8_E4M3(1, null),
  F8_E5M2(1, null),
  F8_E8M0(1, null),
  C64(8, null),
  U64(8, null),
  U32(4, null),
  U16(2, null),
  I16(2, null),
  I8(1, null),
  U8(1, null),
  BOOL(1, null);

  /** Bytes of one element in the file. */
  final int bytes;

  /** The type in memory, or null. */
  final DType loaded;

  StoredType(int bytes, DType loaded) {
    this.bytes = bytes;
    this.loaded = loaded;
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

  /** The type a tensor is written as. */
  static StoredType of(DType type) {
    return switch (type) {
      case F32 -> F32;
      case F64 -> F64;
      case I32 -> I32;
    };
  }
}
