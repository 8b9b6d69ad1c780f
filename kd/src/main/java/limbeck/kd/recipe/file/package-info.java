/** Recipes as TOML files: reading, checking, writing. Needs the library tomlj. */
package limbeck.kd.recipe.file;
