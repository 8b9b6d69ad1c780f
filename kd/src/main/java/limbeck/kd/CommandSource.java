package limbeck.kd;

import java.util.List;

/**
 * Commands that a module adds to the command line: found by {@link java.util.ServiceLoader}. Each
 * is an object with picocli's {@code @Command}. What it throws is reported as by all commands: an
 * {@link java.io.IOException} or {@link IllegalArgumentException} by its message alone.
 */
public interface CommandSource {
  /** New objects, in the order they are best read. */
  List<Object> commands();
}
