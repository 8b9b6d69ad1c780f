package limbeck.engine.op;

/**
 * An op of another module: the open branch of {@link Op}. The same contract holds; programs that
 * contain one cannot be saved.
 */
public non-sealed interface CustomOp extends Op {}
