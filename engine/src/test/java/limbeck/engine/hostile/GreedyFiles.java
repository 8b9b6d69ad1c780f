package limbeck.engine.hostile;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import limbeck.engine.io.Json;
import limbeck.engine.io.Safetensors;
import limbeck.engine.io.onnx.HostileModels;
import limbeck.engine.io.onnx.OnnxImport;
import limbeck.engine.io.onnx.OnnxModel;

/** Files that are valid, but ask for more than a small heap has, or for very long work. */
public final class GreedyFiles {
  private final Path file;

  private GreedyFiles(Path file) {
    this.file = file;
  }

  /** Gives them to the readers, which must refuse them all. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("greedy");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> EngineReaders.remove(folder)));
    new GreedyFiles(folder.resolve("file")).all();
    System.out.println("all refused");
  }

  private void all() throws IOException {
    header(900_000, i -> "\"" + i + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
    Refusals.refused("a header of 900,000 tensors", "-Xmx", () -> Safetensors.read(file));
    text("[", 10_000_000, "[],", "[]]");
    Refusals.refused("ten million empty lists", "longer than the limit", () -> Json.read(file));
    sparse(40L << 20);
    Refusals.refused(
        "a model of 40 MiB of nothing", "half of the heap", () -> OnnxModel.read(file));
    Refusals.refused(
        "a million empty nodes", "the limit", () -> model(HostileModels.repeated(7, 1, 1_000_000)));
    Refusals.refused(
        "six million numbers of a byte", "-Xmx", () -> model(HostileModels.packed(6_000_000)));
    Refusals.refused("300,000 words", "Unheard", () -> lowered(HostileModels.words(300_000)));
    for (byte[] greedy : HostileModels.greedy()) {
      Refusals.refused("a model that asks for much", "", () -> lowered(greedy));
    }
  }

  private static void model(byte[] bytes) throws IOException {
    OnnxModel.read(bytes, "file");
  }

  private static void lowered(byte[] bytes) throws IOException {
    OnnxImport.of(OnnxModel.read(bytes, "file")).lower();
  }

  private void header(int entries, IntFunction<String> entry) throws IOException {
    Path json = file.resolveSibling("json");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(json))) {
      for (int i = 0; i < entries; i++) {
        out.write(((i == 0 ? "{" : ",") + entry.apply(i)).getBytes(StandardCharsets.UTF_8));
      }
      out.write('}');
    }
    byte[] length = new byte[Long.BYTES];
    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(Files.size(json));
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(length);
      Files.copy(json, out);
    }
  }

  private void text(String begin, int times, String part, String end) throws IOException {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(begin.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < times; i++) {
        out.write(bytes);
      }
      out.write(end.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void sparse(long bytes) throws IOException {
    Files.write(file, List.of());
    try (var f = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      f.setLength(bytes);
    }
  }
}
