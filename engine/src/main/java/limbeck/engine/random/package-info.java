/**
 * Random numbers that are functions: a value depends on seed, stream and index, never on who asks
 * or when.
 */
package limbeck.engine.random;
