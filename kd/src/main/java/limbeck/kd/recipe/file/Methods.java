package limbeck.kd.recipe.file;

import java.util.ArrayList;
import java.util.List;
import limbeck.kd.Objective;
import limbeck.kd.objective.HardLabels;

/** The methods that recipes may name: all records of this project's package of objectives. */
public final class Methods {
  private static final String FOLDER = "limbeck/kd/objective";
  private static final String SUFFIX = ".class";

  private Methods() {}

  /** Every method, in alphabetical order; none where classes lie in no folder and no jar. */
  public static List<Class<? extends Objective>> all() {
    List<Class<? extends Objective>> all = new ArrayList<>();
    for (String file : ClassPathFolder.names(HardLabels.class, FOLDER)) {
      if (file.endsWith(SUFFIX) && file.indexOf('$') < 0 && !file.contains("-info")) {
        Class<?> c = load(file.substring(0, file.length() - SUFFIX.length()));
        if (c.isRecord()
            && java.lang.reflect.Modifier.isPublic(c.getModifiers())
            && Objective.class.isAssignableFrom(c)) {
          all.add(c.asSubclass(Objective.class));
        }
      }
    }
    return all;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(FOLDER.replace('/', '.') + "." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("methods: " + name + " was there a moment ago", e);
    }
  }

  /** The names of {@link #all}, as recipes write them. */
  public static List<String> names() {
    return all().stream().map(Class::getSimpleName).toList();
  }
}
