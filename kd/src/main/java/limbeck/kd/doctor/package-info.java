/**
 * What Limbeck finds in this JVM: kernels, self-check, known faults, and the fingerprint that must
 * be equal everywhere.
 */
package limbeck.kd.doctor;
