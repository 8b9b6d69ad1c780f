package limbeck.kd.train;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a piece of work took.
 *
 * @param seconds elapsed, over all sessions; what a killed session did after its last checkpoint is
 *     done again, and counted once
 * @param cpuSeconds time of the threads that did it, not of the JVM's own such as compilers and
 *     collectors; NaN if not measured
 * @param bytesWritten to disk: checkpoints, finished networks, what teachers say; below 0 if
 *     unknown
 * @param teacherForwards examples that a teacher was asked about; below 0 if unknown
 */
public record Spent(double seconds, double cpuSeconds, long bytesWritten, long teacherForwards) {
  /** Nothing yet. */
  public static final Spent NOTHING = new Spent(0, 0, 0, 0);

  /** Of which only the time is known. */
  static Spent time(double seconds) {
    return new Spent(seconds, Double.NaN, -1, -1);
  }

  /** Both together; what is unknown of one is unknown of both. */
  public Spent plus(Spent more) {
    return new Spent(
        seconds + more.seconds,
        cpuSeconds + more.cpuSeconds,
        sum(bytesWritten, more.bytesWritten),
        sum(teacherForwards, more.teacherForwards));
  }

  /** This, and bytes that were written. */
  Spent written(long bytes) {
    return plus(new Spent(0, 0, bytes, 0));
  }

  /** As values of JSON, without what is unknown. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seconds", seconds);
    if (cpuSeconds >= 0) {
      json.put("cpuSeconds", cpuSeconds);
    }
    if (bytesWritten >= 0) {
      json.put("bytesWritten", bytesWritten);
    }
    if (teacherForwards >= 0) {
      json.put("teacherForwards", teacherForwards);
    }
    return json;
  }

  /** Out of {@link #json}; what is missing or no such number is unknown, of the time 0. */
  static Spent read(Map<?, ?> json) {
    double seconds = number(json, "seconds");
    return new Spent(
        seconds >= 0 ? seconds : 0,
        number(json, "cpuSeconds"),
        count(number(json, "bytesWritten")),
        count(number(json, "teacherForwards")));
  }

  private static double number(Map<?, ?> json, String name) {
    double value = json.get(name) instanceof Number n ? n.doubleValue() : Double.NaN;
    return value >= 0 && value < 1e15 ? value : Double.NaN;
  }

  private static long count(double n) {
    return Double.isNaN(n) ? -1 : (long) n;
  }

  private static long sum(long a, long b) {
    return a < 0 || b < 0 ? -1 : a + b;
  }
}
