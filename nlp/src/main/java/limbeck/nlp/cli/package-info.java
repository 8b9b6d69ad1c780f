/** Commands on texts: pretraining. They join those of {@code limbeck.kd.cli}. */
package limbeck.nlp.cli;
