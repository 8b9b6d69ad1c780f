/**
 * Pretraining of transformers on plain text: texts cut into blocks of tokens on disk, masking that
 * is drawn anew, gradients accumulated to large batches; alone, or by a teacher, as DistilBERT was.
 */
package limbeck.nlp.pretrain;
