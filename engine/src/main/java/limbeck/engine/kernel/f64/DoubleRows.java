package limbeck.engine.kernel.f64;

/**
 * The row loops over doubles: plain, accurate, and the oracle of the float loops. Sums run in
 * ascending order; fma is a rounded product and a rounded sum. Stateless.
 */
public final class DoubleRows
    implements DoubleArithmetic,
        DoubleCentred,
        DoubleFunctions,
        DoubleGates,
        DoubleGelu,
        DoubleLstm,
        DoublePlain,
        DoublePlainUpdates,
        DoubleReductions,
        DoubleSquares,
        DoubleUpdates,
        DoubleWindows {}
