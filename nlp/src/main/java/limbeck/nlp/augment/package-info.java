/** Texts made of texts, for a teacher to speak about; and the tagger that it takes. */
package limbeck.nlp.augment;
