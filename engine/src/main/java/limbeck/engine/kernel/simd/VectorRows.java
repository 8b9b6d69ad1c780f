package limbeck.engine.kernel.simd;

import limbeck.engine.kernel.scalar.FloatPlainUpdates;
import limbeck.engine.kernel.scalar.PlainFloats;
import limbeck.engine.kernel.scalar.ScalarRows;

/** The row loops over floats in vectors: the bits of {@link ScalarRows} at any width. Stateless. */
public final class VectorRows
    implements PlainFloats,
        FloatPlainUpdates,
        VectorActivations,
        VectorArithmetic,
        VectorCentred,
        VectorComparisons,
        VectorFunctions,
        VectorLstm,
        VectorReductions,
        VectorSoftmax,
        VectorSquares,
        VectorUpdates,
        VectorWindows {
  /** Runs what is too short for a vector. */
  static final ScalarRows TWIN = new ScalarRows();
}
