/** The command {@code limbeck}. Each subcommand is a class of its name. */
package limbeck.kd.cli;
