/**
 * Recipes: experiments declared as data (arms, settings, verdict), one file per paper's experiment.
 */
package limbeck.kd.recipe;
