package limbeck.engine.hostile;

import java.util.Arrays;

/** Ends the JVM, saying where it was, when one thing takes very long. */
final class Watchdog {
  private static final long MOST_NANOS = 60_000_000_000L;

  private final Thread watched = Thread.currentThread();
  private volatile String what;
  private volatile long since;

  Watchdog() {
    Thread t = new Thread(this::watch, "watchdog");
    t.setDaemon(true);
    t.start();
  }

  void begin(String next) {
    since = System.nanoTime();
    what = next;
  }

  void end() {
    what = null;
  }

  private void watch() {
    while (true) {
      String now = what;
      if (now != null && System.nanoTime() - since > MOST_NANOS) {
        System.out.println("DEFECT " + now + ": does not end");
        Arrays.stream(watched.getStackTrace()).forEach(f -> System.out.println("      at " + f));
        Runtime.getRuntime().halt(2);
      }
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
