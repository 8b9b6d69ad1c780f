/**
 * Loops over whole rows, written once over {@link limbeck.engine.kernel.Rows} for every type and
 * provider.
 */
package limbeck.engine.kernel.composite;
