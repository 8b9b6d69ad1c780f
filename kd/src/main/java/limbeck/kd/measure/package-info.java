/** Measurement of finished networks: quality on one evaluation set, size and speed. */
package limbeck.kd.measure;
