package limbeck.bench.peers;

import limbeck.bench.workload.Case;

/** Somebody who runs the workloads: ourselves or a peer. */
interface Party {
  /** As it is called in tables. */
  String name();

  /** Whether it can do this at all. */
  boolean can(Case c);

  /** Gets ready; {@link Job#run} is what is timed. */
  Job start(Case c) throws Exception;

  /** Something to do again and again. */
  interface Job extends AutoCloseable {
    void run();

    /** Lets go of memory. */
    @Override
    void close();
  }
}
