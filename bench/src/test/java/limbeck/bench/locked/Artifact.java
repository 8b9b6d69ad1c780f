package limbeck.bench.locked;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What a module delivers: the entries of its jar, or, before it is packaged, the files of its
 * folder of classes.
 *
 * @param place jar or folder
 * @param entries contents by name
 */
record Artifact(Path place, Map<String, byte[]> entries) {
  /** Bytes that an archive adds to each entry, beside its name, which is there twice. */
  private static final int ENTRY = 30 + 46;

  /** Reads what a class was loaded from. */
  static Artifact of(Class<?> c) throws Exception {
    Path place = LockedDownTest.place(c);
    Map<String, byte[]> entries = new TreeMap<>();
    if (Files.isDirectory(place)) {
      try (Stream<Path> files = Files.walk(place)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String name = place.relativize(file).toString().replace('\\', '/');
          entries.put(name, Files.readAllBytes(file));
        }
      }
    } else {
      try (ZipInputStream jar = new ZipInputStream(Files.newInputStream(place))) {
        for (ZipEntry e = jar.getNextEntry(); e != null; e = jar.getNextEntry()) {
          if (!e.isDirectory()) {
            entries.put(e.getName(), jar.readAllBytes());
          }
        }
      }
    }
    return new Artifact(place, entries);
  }

  /** Bytes as a jar takes them: of the jar, or of one that would be made of the files. */
  long packaged() throws IOException {
    if (Files.isRegularFile(place)) {
      return Files.size(place);
    }
    long sum = 0;
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      int content = entry.getValue().length;
      sum += ENTRY + 2L * entry.getKey().length() + Math.min(content, deflated(entry.getValue()));
    }
    return sum;
  }

  private static int deflated(byte[] content) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      return deflater.deflate(new byte[content.length + 64]);
    } finally {
      deflater.end();
    }
  }

  /** The class of an entry. */
  ClassFile read(String name) throws IOException {
    try (InputStream in = new ByteArrayInputStream(entries.get(name))) {
      return ClassFile.read(in);
    }
  }
}
