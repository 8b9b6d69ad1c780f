/**
 * From text to numbers and back: normalisation, tokenizers, vocabularies, and the trainers that
 * build them. What encodes needs no library, and gives the same numbers on every JVM: characters
 * are classified by one frozen table, {@link limbeck.nlp.text.Unicode}, not by the JDK's.
 */
package limbeck.nlp.text;
