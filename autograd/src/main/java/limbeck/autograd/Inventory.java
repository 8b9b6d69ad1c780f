package limbeck.autograd;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import limbeck.engine.tensor.Shape;

/** What a part of a model holds, by path in it, parents first and in the order of registration. */
final class Inventory {
  private final Map<String, Module> modules = new LinkedHashMap<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();
  private final Map<String, Buffer> constants = new LinkedHashMap<>();
  private final Map<String, String> furtherNames = new LinkedHashMap<>();

  Inventory(Module part) {
    addModules("", part, Collections.newSetFromMap(new IdentityHashMap<>()));
    modules.forEach(
        (at, m) -> {
          m.ownBuffers().forEach((name, b) -> buffers.put(join(at, name), b));
          m.ownConstants().forEach((name, b) -> constants.put(join(at, name), b));
        });
    addParameters("", part, new IdentityHashMap<>());
  }

  private void addModules(String at, Module m, Set<Module> seen) {
    if (seen.add(m)) {
      modules.put(at, m);
      m.children().forEach((name, child) -> addModules(join(at, name), child, seen));
    }
  }

  /** Under every path there is, where a module is registered twice; the first counts. */
  private void addParameters(String at, Module m, Map<Parameter, String> paths) {
    m.ownParameters()
        .forEach(
            (name, p) -> {
              String path = join(at, name);
              String first = paths.putIfAbsent(p.shared(), path);
              if (first == null) {
                parameters.put(path, p.shared());
              } else {
                furtherNames.put(path, first);
              }
            });
    m.children().forEach((name, child) -> addParameters(join(at, name), child, paths));
  }

  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The modules, each once with its first path; the part itself has the empty one. */
  Map<String, Module> modules() {
    return modules;
  }

  /** The parameters, tied ones once with their first path. */
  Map<String, Parameter> parameters() {
    return parameters;
  }

  /** Further paths of tied parameters, and the first path of each. */
  Map<String, String> furtherNames() {
    return furtherNames;
  }

  /** The buffers. */
  Map<String, Buffer> buffers() {
    return buffers;
  }

  /** The constants, which are no part of a model's state. */
  Map<String, Buffer> constants() {
    return constants;
  }

  /** Shapes of all parameters and buffers. */
  Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    parameters.forEach((path, p) -> shapes.put(path, p.shape()));
    buffers.forEach((path, b) -> shapes.put(path, b.shape()));
    return shapes;
  }
}
