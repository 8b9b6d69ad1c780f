/** Tasks on texts that are drawn by rules, so that everything runs without data. */
package limbeck.nlp.data.generated;
