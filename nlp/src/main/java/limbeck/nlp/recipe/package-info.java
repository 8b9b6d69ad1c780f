/** Recipes on texts: the TOML files beside these classes. */
package limbeck.nlp.recipe;
