/** Objectives of distillation, one paper each: formula, source, and where this code deviates. */
package limbeck.kd.objective;
