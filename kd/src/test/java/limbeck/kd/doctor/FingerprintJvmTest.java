package limbeck.kd.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.Json;
import limbeck.kd.cli.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One fingerprint in JVMs of every kind, started for it two at a time. */
class FingerprintJvmTest {
  private static final String NO_AVX512 = "-XX:UseAVX=2";

  @TempDir Path folder;

  /** Flags, and how the reason for the kernels begins; empty where it depends on the machine. */
  private record Kind(String reason, List<String> flags) {}

  private static Kind kind(String reason, String... flags) {
    List<String> all = new ArrayList<>(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-Xshare:auto"));
    all.addAll(List.of(flags));
    return new Kind(reason, all);
  }

  private static final List<Kind> EVERY =
      List.of(
          kind("", ChildJvm.VECTORS),
          kind(
              "scalar: system property limbeck.simd is off",
              ChildJvm.VECTORS,
              "-Dlimbeck.simd=off"),
          kind("simd 128 bit", ChildJvm.VECTORS, "-Dlimbeck.simd=128"),
          kind("simd 256 bit", ChildJvm.VECTORS, "-Dlimbeck.simd=256"),
          kind("simd 512 bit", ChildJvm.VECTORS, "-Dlimbeck.simd=512"),
          kind("scalar: module jdk.incubator.vector is not resolved;"),
          kind("", ChildJvm.VECTORS, NO_AVX512),
          kind("scalar: this CPU or JVM has no fma instruction", ChildJvm.VECTORS, "-XX:-UseFMA"),
          kind(
              "scalar: the JVM runs without its optimizing compiler (",
              ChildJvm.VECTORS,
              "-XX:TieredStopAtLevel=1"));

  private static final List<Kind> FEW = List.of(EVERY.get(0), EVERY.get(2), EVERY.get(5));

  @Test
  void isOneValueInThisJvmHoweverItIsStarted() throws Exception {
    check(ChildJvm.home(), EVERY);
  }

  @Test
  void isTheSameInOtherJdks() throws Exception {
    List<Path> others = ChildJvm.others();
    assumeFalse(others.isEmpty(), "there is no other JDK beside this one");
    for (Path home : others) {
      check(home, FEW);
    }
  }

  private void check(Path home, List<Kind> kinds) throws Exception {
    for (int i = 0; i < kinds.size(); i += 2) {
      List<Kind> two = kinds.subList(i, Math.min(i + 2, kinds.size()));
      List<ChildJvm> started = new ArrayList<>();
      for (Kind kind : two) {
        started.add(ChildJvm.start(home, folder, kind.flags, "doctor", "--json"));
      }
      for (int k = 0; k < two.size(); k++) {
        check(home + " " + two.get(k).flags, two.get(k).reason, started.get(k));
      }
    }
  }

  private static void check(String what, String reason, ChildJvm jvm)
      throws IOException, InterruptedException {
    assertEquals(0, jvm.await(), () -> what + ": " + jvm.err() + jvm.out());
    assertEquals("", jvm.err(), what);
    Map<?, ?> doctor = (Map<?, ?>) Json.parse(jvm.out());
    assertEquals(Doctor.FINGERPRINT, doctor.get("fingerprint"), what);
    assertEquals(true, doctor.get("ok"), what);
    String actual = (String) doctor.get("reason");
    // a CPU without fma has no vectors at any width
    assertTrue(actual.startsWith(reason) || actual.contains("no fma instruction"), what + doctor);
    assertEquals(actual.startsWith("simd ") ? "simd" : "scalar", doctor.get("kernels"), what);
  }
}
