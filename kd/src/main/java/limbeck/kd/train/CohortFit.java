package limbeck.kd.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.recipe.Cohort;

/**
 * Training of several networks at the same time, which teach each other: all take one step on one
 * batch, then all the next. Which threads took the steps never shows.
 */
final class CohortFit implements Trainee {
  private final Cohort cohort;
  private final List<Fit> fits;
  private final List<Peers> peers;
  private final List<OpContext> contexts = new ArrayList<>();
  private final BooleanSupplier alone;
  private final Together together;

  /**
   * A cohort at its start.
   *
   * @param fits its networks' trainings, none begun
   * @param peers what each hears of the others, in the same order
   * @param alone whether other cores are free at the moment
   * @throws IllegalArgumentException if they do not take the same number of steps
   */
  CohortFit(Cohort cohort, List<Fit> fits, List<Peers> peers, BooleanSupplier alone) {
    this.cohort = cohort;
    this.fits = fits;
    this.peers = peers;
    this.alone = alone;
    this.together = new Together(fits.size());
    for (int i = 0; i < fits.size(); i++) {
      contexts.add(new OpContext(Workers.inline()));
      peers.get(i).join(i, fits);
      if (fits.get(i).steps() != fits.get(0).steps()) {
        throw new IllegalArgumentException(
            "cohort "
                + cohort.name()
                + ": "
                + fits.get(i).arm().id()
                + " takes "
                + fits.get(i).steps()
                + " steps, "
                + fits.get(0).arm().id()
                + " takes "
                + fits.get(0).steps()
                + "; networks that learn together have equal batches and epochs");
      }
    }
  }

  /** The trainings. */
  List<Fit> fits() {
    return fits;
  }

  @Override
  public long step() {
    return fits.get(0).step();
  }

  @Override
  public long steps() {
    return fits.get(0).steps();
  }

  @Override
  public void advance(OpContext context) {
    long step = step();
    fits.forEach(Fit::prepare);
    peers.forEach(p -> p.begin(step));
    double[] losses = new double[fits.size()];
    if (cohort.update() == Cohort.Update.SEQUENTIAL || cohort.stale() > 0) {
      for (int i = 0; i < losses.length; i++) {
        losses[i] = fits.get(i).descend(context, said -> {});
      }
    } else if (alone.getAsBoolean()) {
      together.run(i -> losses[i] = fits.get(i).descend(contexts.get(i), said -> heard(i, said)));
    } else {
      nested(0, losses);
    }
    for (int i = 0; i < losses.length; i++) {
      fits.get(i).finish(losses[i], context);
    }
  }

  /** In parallel: what a network says is known to all before any goes on. */
  private void heard(int i, limbeck.kd.Outputs said) {
    peers.forEach(p -> p.hear(i, said));
    together.await();
  }

  /** In one thread: the next network begins and ends its step between this one's passes. */
  private void nested(int i, double[] losses) {
    losses[i] =
        fits.get(i)
            .descend(
                contexts.get(i),
                said -> {
                  peers.forEach(p -> p.hear(i, said));
                  if (i + 1 < losses.length) {
                    nested(i + 1, losses);
                  }
                });
  }

  @Override
  public Spent spent() {
    return fits.get(0).spent();
  }

  /** What all took is told by each. */
  @Override
  public void add(Spent more) {
    fits.forEach(f -> f.add(more));
  }

  @Override
  public double cpuSecondsAside() {
    return together.cpuSeconds() + fits.stream().mapToDouble(Fit::cpuSecondsAside).sum();
  }

  @Override
  public long asked() {
    return fits.stream().mapToLong(Fit::asked).sum();
  }

  @Override
  public Map<String, Tensor> checkpoint() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (int i = 0; i < fits.size(); i++) {
      String prefix = prefix(i);
      fits.get(i).checkpoint().forEach((name, t) -> all.put(prefix + name, t));
      peers.get(i).state().forEach((name, t) -> all.put(prefix + name, t));
    }
    return all;
  }

  @Override
  public void resume(long step, Spent before, Map<String, Tensor> checkpoint) {
    for (int i = 0; i < fits.size(); i++) {
      Map<String, Tensor> own = Checkpoints.part(prefix(i), checkpoint);
      fits.get(i).resume(step, before, own);
      peers.get(i).restore(own);
    }
  }

  private static String prefix(int member) {
    return "member" + member + ".";
  }
}
