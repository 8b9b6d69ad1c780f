/**
 * Pretraining on plain text. Of transformers: texts cut into blocks of tokens on disk, masking that
 * is drawn anew, gradients accumulated to large batches; alone, or by a teacher, as DistilBERT was.
 * Of language models in both directions: sentences of words on disk, batches of about one length, a
 * softmax over all words.
 */
package limbeck.nlp.pretrain;
