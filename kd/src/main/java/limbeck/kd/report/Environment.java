package limbeck.kd.report;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import limbeck.engine.io.FormatException;

/**
 * Where a run took place and which kernels computed it.
 *
 * @param jvm name and version of the JVM
 * @param os operating system
 * @param cpu processor
 * @param kernels {@code simd} or {@code scalar}
 * @param width bits of a vector
 * @param reason why these kernels
 * @param workers number of threads that compute
 * @param fingerprint digest of what the kernels gave on fixed inputs, equal on every machine
 * @param ok whether the kernels passed their self-check
 */
public record Environment(
    String jvm,
    String os,
    String cpu,
    String kernels,
    int width,
    String reason,
    int workers,
    String fingerprint,
    boolean ok) {

  /** Returns system, processor and number of workers, as far as they are known. */
  public String machine() {
    String pool = workers < 0 ? null : workers + (workers == 1 ? " worker" : " workers");
    return Stream.of(os, cpu, pool).filter(Objects::nonNull).collect(Collectors.joining("; "));
  }

  /** Returns the kernels and, where they are vectors, how wide. */
  public String kernelsAndWidth() {
    return width < 0 ? kernels : kernels + "; " + width + " bit";
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("jvm", jvm)
        .put("os", os)
        .put("cpu", cpu)
        .put("kernels", kernels)
        .count("width", width)
        .put("reason", reason)
        .count("workers", workers)
        .put("fingerprint", fingerprint)
        .put("ok", ok)
        .map();
  }

  static Environment read(JsonFields fields) throws FormatException {
    return new Environment(
        fields.text("jvm"),
        fields.text("os", null),
        fields.text("cpu", null),
        fields.text("kernels"),
        fields.integer("width", -1),
        fields.text("reason", null),
        fields.integer("workers", -1),
        fields.text("fingerprint"),
        fields.flag("ok", false));
  }
}
