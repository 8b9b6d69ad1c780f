package limbeck.engine.op;

import java.util.List;
import limbeck.engine.verify.Definition;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.Precision;

/**
 * One setting of an op in the catalogue: its definition in naive double code, bounds for float32,
 * and the configurations to check.
 */
record Entry(Op op, Definition definition, Precision precision, List<OpSample> samples) {}
