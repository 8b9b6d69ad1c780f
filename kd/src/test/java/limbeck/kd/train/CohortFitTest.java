package limbeck.kd.train;

import static limbeck.kd.train.Fits.context;
import static limbeck.kd.train.Fits.hash;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import limbeck.kd.Experiment;
import limbeck.kd.Tiny;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.MutualLearning;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Cohort;
import limbeck.kd.recipe.NetworkChoice;
import limbeck.kd.recipe.RateDrops;
import limbeck.kd.recipe.Regularisation;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.recipe.Training;
import limbeck.kd.vision.Augmentations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that learn from each other: order, threads, stale copies, resuming. */
class CohortFitTest {
  private static final Cohort SEQUENTIAL = new Cohort("c", Cohort.Update.SEQUENTIAL, 0);
  private static final Cohort SIMULTANEOUS = new Cohort("c", Cohort.Update.SIMULTANEOUS, 0);
  private static final Cohort STALE = new Cohort("c", Cohort.Update.SIMULTANEOUS, 2);

  private final Experiment e = Tiny.experiment("data.validation=15");

  @TempDir Path folder;

  private static Arm arm(String id, Cohort cohort, double rate, int epochs, boolean listens) {
    return arm(id, "distilled", cohort, rate, epochs, listens);
  }

  private static Arm arm(
      String id, String role, Cohort cohort, double rate, int epochs, boolean listens) {
    Training t =
        new Training(
            "sgd",
            rate,
            "cosine",
            0,
            0.9,
            0,
            16,
            epochs,
            new Regularisation(0, 0.2, 0, 1),
            true,
            RateDrops.NONE);
    List<Term> terms = new ArrayList<>(List.of(Term.of(new HardLabels(), 1)));
    if (listens) {
      terms.add(Term.of(new MutualLearning(), Cohort.PEERS, 1));
    }
    return new Arm(
        id,
        role,
        id,
        id,
        NetworkChoice.of("16-8-3"),
        null,
        List.of(new Stage("", t, terms, Stage.Keep.LAST)),
        Arm.Transfer.ALL,
        Augmentations.NONE,
        cohort,
        null,
        null,
        null);
  }

  private CohortFit cohort(Cohort cohort, boolean parallel, int networks, double rate) {
    List<Fit> fits = new ArrayList<>();
    List<Peers> peers = new ArrayList<>();
    for (int i = 0; i < networks; i++) {
      Peers others = new Peers(cohort, 3);
      TeacherSet set = new TeacherSet().with(Cohort.PEERS, others);
      Arm arm = arm("p" + i, cohort, rate, 3, true);
      fits.add(new Fit(arm, 1, e.train(), e.train(), e.validation(), set));
      peers.add(others);
    }
    return new CohortFit(cohort, fits, peers, () -> parallel);
  }

  private static List<String> finished(CohortFit all) {
    while (!all.done()) {
      all.advance(context());
    }
    return all.fits().stream().map(Fits::hash).toList();
  }

  @Test
  void threadsDoNotShow() {
    List<String> serial = finished(cohort(SIMULTANEOUS, false, 3, 0.05));
    assertEquals(serial, finished(cohort(SIMULTANEOUS, true, 3, 0.05)));
    assertEquals(3, serial.stream().distinct().count());
  }

  /** Peers of equal weights would have nothing to tell each other. */
  @Test
  void peersOfAnyRoleStartApart() {
    for (String role : List.of("teacher", "assistant", "student", "distilled")) {
      List<String> starts = new ArrayList<>();
      for (String id : List.of("p0", "p1")) {
        TeacherSet set = new TeacherSet().with(Cohort.PEERS, new Peers(SEQUENTIAL, 3));
        Arm arm = arm(id, role, SEQUENTIAL, 0.05, 3, true);
        starts.add(hash(new Fit(arm, 1, e.train(), e.train(), e.validation(), set)));
      }
      assertNotEquals(starts.get(0), starts.get(1), role);
    }
  }

  @Test
  void oneAfterTheOtherIsAnotherAlgorithm() {
    List<String> simultaneous = finished(cohort(SIMULTANEOUS, false, 2, 0.05));
    List<String> sequential = finished(cohort(SEQUENTIAL, false, 2, 0.05));
    assertNotEquals(simultaneous, sequential);
    // in the first step the first of them hears the same, and learns the same
    CohortFit a = cohort(SIMULTANEOUS, false, 2, 0.05);
    CohortFit b = cohort(SEQUENTIAL, false, 2, 0.05);
    a.advance(context());
    b.advance(context());
    assertEquals(hash(a.fits().get(0)), hash(b.fits().get(0)));
    assertNotEquals(hash(a.fits().get(1)), hash(b.fits().get(1)));
  }

  @Test
  void staleCopiesAreAsOldAsIsSaid() {
    CohortFit stale = cohort(STALE, false, 2, 0.05);
    CohortFit again = cohort(STALE, true, 2, 0.05);
    assertEquals(finished(stale), finished(again));
    assertNotEquals(
        finished(cohort(STALE, false, 2, 0.05)), finished(cohort(SIMULTANEOUS, false, 2, 0.05)));
  }

  /** Whoever does not listen learns as if alone. */
  @Test
  void aPeerGetsNoGradientFromWhomItTeaches() {
    Peers first = new Peers(SIMULTANEOUS, 3);
    Peers second = new Peers(SIMULTANEOUS, 3);
    Fit deaf =
        new Fit(
            arm("p0", SIMULTANEOUS, 0.05, 3, false),
            1,
            e.train(),
            e.train(),
            null,
            new TeacherSet().with(Cohort.PEERS, first));
    Fit listening =
        new Fit(
            arm("p1", SIMULTANEOUS, 0.05, 3, true),
            1,
            e.train(),
            e.train(),
            null,
            new TeacherSet().with(Cohort.PEERS, second));
    CohortFit both =
        new CohortFit(SIMULTANEOUS, List.of(deaf, listening), List.of(first, second), () -> false);
    finished(both);
    Fit alone =
        new Fit(
            arm("p0", SIMULTANEOUS, 0.05, 3, false),
            1,
            e.train(),
            e.train(),
            null,
            new TeacherSet());
    assertEquals(hash(Fits.finish(alone)), hash(deaf));
  }

  @Test
  void cohortsAreResumedAtAnyStep() throws Exception {
    for (Cohort cohort : List.of(SEQUENTIAL, SIMULTANEOUS, STALE)) {
      List<String> whole = finished(cohort(cohort, false, 2, 0.05));
      for (int stop = 0; stop <= 9; stop++) {
        Path file = folder.resolve(cohort.update() + "" + cohort.stale() + stop + ".safetensors");
        CohortFit first = cohort(cohort, false, 2, 0.05);
        for (int i = 0; i < stop; i++) {
          first.advance(context());
        }
        FitFile.save(first, "identity", file);
        CohortFit second = cohort(cohort, false, 2, 0.05);
        assertTrue(FitFile.resume(second, "identity", file));
        assertEquals(stop, second.step());
        assertEquals(whole, finished(second));
      }
    }
  }

  @Test
  void aFailureOfOneEndsAll() {
    CohortFit diverging = cohort(SIMULTANEOUS, true, 3, 1e20);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> assertThrows(ArithmeticException.class, () -> finished(diverging)));
  }

  @Test
  void stepsMustBeEqual() {
    List<Fit> fits = new ArrayList<>();
    List<Peers> peers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Peers others = new Peers(SEQUENTIAL, 3);
      TeacherSet set = new TeacherSet().with(Cohort.PEERS, others);
      fits.add(
          new Fit(arm("p" + i, SEQUENTIAL, 0.1, 2 + i, true), 1, e.train(), e.train(), null, set));
      peers.add(others);
    }
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new CohortFit(SEQUENTIAL, fits, peers, () -> false))
            .getMessage();
    assertTrue(message.contains("p1 takes 9 steps, p0 takes 6"), message);
  }
}
