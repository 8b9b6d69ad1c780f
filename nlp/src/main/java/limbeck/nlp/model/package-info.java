/**
 * Networks that read text: BERT and DistilBERT, in the names and shapes of the files that Hugging
 * Face's library writes, with their heads.
 */
package limbeck.nlp.model;
