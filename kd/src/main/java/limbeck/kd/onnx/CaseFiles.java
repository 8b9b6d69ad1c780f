package limbeck.kd.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;
import limbeck.kd.data.MaybeGzip;

/**
 * The files of test cases: of a folder, or of a tar archive, packed with gzip or not. A case is the
 * folder of a {@code model.onnx}.
 */
final class CaseFiles {
  /** Bytes of all files of an archive or folder; more is refused before it is unpacked. */
  private static final long MOST_BYTES = 1L << 30;

  /** What a file takes beside its content. */
  private static final long ENTRY_BYTES = 512;

  private static final String MODEL = "/model.onnx";

  private CaseFiles() {}

  /** The files of each case by their path within it, cases by name. */
  static SortedMap<String, SortedMap<String, byte[]>> read(Path place) throws IOException {
    Map<String, byte[]> files = Files.isDirectory(place) ? ofFolder(place) : ofArchive(place);
    SortedMap<String, SortedMap<String, byte[]>> cases = new TreeMap<>();
    for (String path : files.keySet()) {
      if (path.endsWith(MODEL)) {
        cases.put(path.substring(0, path.length() - MODEL.length() + 1), new TreeMap<>());
      }
    }
    files.forEach((path, bytes) -> add(cases, path, bytes));
    if (cases.isEmpty()) {
      throw new FormatException("onnx test: " + place + " holds no model.onnx");
    }
    return cases;
  }

  private static void add(Map<String, SortedMap<String, byte[]>> cases, String path, byte[] bytes) {
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      Map<String, byte[]> found = cases.get(path.substring(0, end + 1));
      if (found != null) {
        found.put(path.substring(end + 1), bytes);
        return;
      }
    }
  }

  private static Map<String, byte[]> ofFolder(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    HeapBudget budget = new HeapBudget("onnx test: " + folder);
    long bytes = 0;
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        bytes += Files.size(file);
        requireFits(folder, bytes);
        budget.take(Files.size(file) + ENTRY_BYTES);
        String inside = folder.relativize(file).toString().replace('\\', '/');
        files.put(folder.getFileName() + "/" + inside, Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static void requireFits(Path place, long bytes) throws FormatException {
    if (bytes > MOST_BYTES) {
      throw new FormatException(
          "onnx test: " + place + " holds more than " + MOST_BYTES + " bytes, the limit");
    }
  }

  private static Map<String, byte[]> ofArchive(Path archive) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    HeapBudget budget = new HeapBudget("onnx test: " + archive);
    long total = 0;
    try (InputStream in = MaybeGzip.open(archive)) {
      TarReader tar = new TarReader(in, archive.toString());
      while (tar.next()) {
        total += tar.size();
        requireFits(archive, total);
        budget.take(2 * tar.size() + ENTRY_BYTES);
        files.put(tar.name(), tar.content());
      }
    }
    return files;
  }
}
