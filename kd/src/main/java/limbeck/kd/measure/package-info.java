/**
 * Measurement of finished networks: quality on one evaluation set, size and speed, and what the
 * report shows of single examples and classes.
 */
package limbeck.kd.measure;
