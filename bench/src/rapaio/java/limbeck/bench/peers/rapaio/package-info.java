/** A peer in plain Java, whose class files are for JDK 25. */
package limbeck.bench.peers.rapaio;
