package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.kd.Experiment;
import limbeck.kd.Tiny;

/** Trainings of whole experiments, and what tests compare of them. */
final class Trainings {
  private Trainings() {}

  static Map<String, Object> description(Experiment e) {
    return Map.of("settings", e.settings().values(), "seeds", e.seeds());
  }

  static List<Trained> train(
      Experiment e, Path out, List<Path> reused, int threads, Stopping stopping) throws Exception {
    try (RunFolder run = RunFolder.open(out, description(e), reused)) {
      Trainer trainer = new Trainer(e, run, stopping);
      stopping.stops(trainer::stop);
      return trainer.run(threads);
    }
  }

  static List<Trained> train(Experiment e, Path out, int threads) throws Exception {
    return train(e, out, List.of(), threads, new Stopping(0));
  }

  static void assertSame(List<Trained> expected, List<Trained> actual) {
    assertEquals(Tiny.hashes(expected), Tiny.hashes(actual));
    for (int i = 0; i < expected.size(); i++) {
      Trained.History a = expected.get(i).history();
      Trained.History b = actual.get(i).history();
      assertEquals(expected.get(i).arm().id(), actual.get(i).arm().id());
      assertArrayEquals(a.trainLoss(), b.trainLoss());
      assertArrayEquals(a.validation(), b.validation());
      assertArrayEquals(a.validationLoss(), b.validationLoss());
      assertEquals(a.offset(), b.offset());
    }
  }
}
