package limbeck.engine.op;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/** The matrices that an op has packed for its chunks, by slot; their memory serves op after op. */
final class PackedOperands {
  /** Matrices that an op may have packed at a time. */
  private static final int SLOTS = 4;

  private final Gemm.Packed[] used = new Gemm.Packed[SLOTS];
  private final Gemm.Packed[] own32 = new Gemm.Packed[SLOTS];
  private final Gemm.Packed[] own64 = new Gemm.Packed[SLOTS];

  Gemm.Packed get(int slot) {
    return used[slot];
  }

  /** Uses a matrix that belongs to somebody else. */
  void set(int slot, Gemm.Packed packed) {
    used[slot] = packed;
  }

  /** Packs op(B)[k, n], by the product that will use it. */
  void pack(int slot, Gemm gemm, boolean transB, int n, int k, Tensor b) {
    Gemm.Packed[] own = b.dtype() == DType.F64 ? own64 : own32;
    own[slot] = gemm.repack(own[slot], transB, n, k, b, 0, transB ? k : n);
    used[slot] = own[slot];
  }
}
