/** A student in a program of its own. */
package example.embed;
