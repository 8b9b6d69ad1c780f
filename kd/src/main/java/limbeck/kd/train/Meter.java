package limbeck.kd.train;

/** Measures what a training takes, from one look to the next, and adds it to the training. */
final class Meter {
  private final Trainee training;
  private final Crew crew;
  private long nanos = System.nanoTime();
  private long asked;

  /** Begins now. */
  Meter(Trainee training, Crew crew) {
    this.training = training;
    this.crew = crew;
    this.asked = training.asked();
    crew.cpuSeconds(); // what was before is none of ours
    training.cpuSecondsAside();
  }

  /** Adds what went on since the last time. */
  void take() {
    long now = System.nanoTime();
    long examples = training.asked();
    double cpu = crew.cpuSeconds() + training.cpuSecondsAside();
    training.add(new Spent((now - nanos) * 1e-9, cpu, 0, examples - asked));
    nanos = now;
    asked = examples;
  }
}
