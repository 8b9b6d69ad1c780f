/** An op that Limbeck does not know, and its verification. */
package example;
