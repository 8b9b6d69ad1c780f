package limbeck.kd.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Runs the test cases of folders and archives. */
public final class NodeTests {
  /** What the suite of ONNX asks for. */
  public static final Tolerance SUITE = new Tolerance(1e-3, 1e-7);

  private NodeTests() {}

  /**
   * Runs them, in the order of their names.
   *
   * @param places folders, or tar archives
   * @param each told of each result
   * @throws IOException if a place cannot be read, or holds no case
   */
  public static List<NodeResult> run(
      List<Path> places, Tolerance tolerance, Consumer<NodeResult> each) throws IOException {
    List<NodeResult> results = new ArrayList<>();
    for (Path place : places) {
      SortedMap<String, SortedMap<String, byte[]>> cases = CaseFiles.read(place);
      for (String folder : cases.keySet()) {
        String path = folder.substring(0, folder.length() - 1);
        String name = path.substring(path.lastIndexOf('/') + 1);
        NodeResult result = new NodeCase(name, cases.get(folder), tolerance).run();
        each.accept(result);
        results.add(result);
      }
    }
    return results;
  }
}
