/**
 * Training of one network, resumable at every step; and the scheduling of many over the machine's
 * cores.
 */
package limbeck.kd.train;
