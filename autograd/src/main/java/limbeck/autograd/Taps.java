package limbeck.autograd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Inner activations of a model, asked for by name: what a student's layer is compared with in
 * distillation by hints (FitNets, Romero et al. 2015, arXiv:1412.6550), or what one wants to look
 * at. Modules offer them with {@link Module#tap}; a tap's name is its module's path, a dot, and the
 * name given there.
 *
 * <pre>{@code
 * Taps taps = Taps.of("block2", "encoder.0.scores");
 * Var logits = taps.during(() -> student.forward(x));
 * Var hint = taps.get("block2");
 * }</pre>
 *
 * <p>A tapped value is the value itself, not a copy: on a tape gradients go through it, and it ends
 * with the tape; in {@link Module#infer} it lives as long as the result. Where nobody asks, a tap
 * costs a look at a thread-local variable and changes nothing. Belongs to one thread at a time.
 */
public final class Taps {
  /** Who asks in this thread; the one who began last is answered. */
  private static final ThreadLocal<Taps> ASKING = new ThreadLocal<>();

  private final Map<String, List<Var>> found = new LinkedHashMap<>();
  private final List<String> others = new ArrayList<>();
  private final boolean every;

  private Taps(boolean every, String... names) {
    this.every = every;
    for (String name : names) {
      found.put(name, new ArrayList<>());
    }
  }

  /** Asks for activations by name. */
  public static Taps of(String... names) {
    return new Taps(false, names);
  }

  /** Asks for all activations there are, whatever their names. */
  public static Taps all() {
    return new Taps(true);
  }

  /**
   * The result of {@code forward}, during which this thread's taps are collected; what an earlier
   * pass has left is forgotten. Inside another collection, this one alone is answered.
   *
   * @throws IllegalArgumentException if a name was not tapped, saying which there are; all the same
   *     the pass has run
   */
  public <T> T during(Supplier<T> forward) {
    if (every) {
      found.clear();
    }
    found.values().forEach(List::clear);
    others.clear();
    Taps outer = ASKING.get();
    ASKING.set(this);
    T result;
    try {
      result = forward.get();
    } finally {
      if (outer == null) {
        ASKING.remove();
      } else {
        ASKING.set(outer);
      }
    }
    found.forEach((name, values) -> requireTapped(name, !values.isEmpty()));
    return result;
  }

  private void requireTapped(String name, boolean tapped) {
    if (!tapped) {
      List<String> all = new ArrayList<>(others);
      found.forEach((other, values) -> all.addAll(values.isEmpty() ? List.of() : List.of(other)));
      throw new IllegalArgumentException(
          "taps: there was no \"" + name + "\" in this pass; there were " + all);
    }
  }

  /** Offers a value to who asks in this thread. */
  static void offer(String path, String name, Var value) {
    Taps asking = ASKING.get();
    if (asking != null) {
      asking.take(Inventory.join(path, name), value);
    }
  }

  /** Whether somebody in this thread would take a value; if not, its name is kept for messages. */
  static boolean asksFor(String path, String name) {
    Taps asking = ASKING.get();
    return asking != null && asking.wants(Inventory.join(path, name));
  }

  private boolean wants(String name) {
    boolean wanted = every || found.containsKey(name);
    if (!wanted && !others.contains(name)) {
      others.add(name);
    }
    return wanted;
  }

  private void take(String name, Var value) {
    if (wants(name)) {
      found.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }
  }

  /** The names asked for; where all were, those of the last pass in its order. */
  public List<String> names() {
    return List.copyOf(found.keySet());
  }

  /**
   * The activation with this name, of the last pass.
   *
   * @throws IllegalStateException if it was not tapped exactly once, or not asked for
   */
  public Var get(String name) {
    List<Var> values = all(name);
    if (values.size() != 1) {
      throw new IllegalStateException(
          "taps: \"" + name + "\" was tapped " + values.size() + " times in this pass; see all()");
    }
    return values.get(0);
  }

  /**
   * All activations with this name, in the order of the last pass: several if its module was used
   * several times.
   *
   * @throws IllegalStateException if it was not asked for
   */
  public List<Var> all(String name) {
    List<Var> values = found.get(name);
    if (values == null) {
      throw new IllegalStateException(
          "taps: \"" + name + "\" was not asked for, only " + found.keySet());
    }
    return List.copyOf(values);
  }
}
