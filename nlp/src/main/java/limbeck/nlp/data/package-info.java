/**
 * Files of texts: lines, tables (TSV, CSV, JSON lines) and tagged sentences (CoNLL), gzipped or
 * not, read row by row, so that a file may be larger than memory; and labelled texts.
 */
package limbeck.nlp.data;
