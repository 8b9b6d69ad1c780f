package limbeck.engine.kernel.scalar;

/** The row loops over floats without SIMD: the definition of their bits. Stateless. */
public final class ScalarRows
    implements PlainFloats,
        FloatPlainUpdates,
        ScalarArithmetic,
        ScalarCentred,
        ScalarFunctions,
        ScalarGates,
        ScalarGelu,
        ScalarLstm,
        ScalarReductions,
        ScalarSquares,
        ScalarUpdates,
        ScalarWindows {}
