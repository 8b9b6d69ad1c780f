package limbeck.kd.train;

import static limbeck.kd.train.Fits.arm;
import static limbeck.kd.train.Fits.assertSame;
import static limbeck.kd.train.Fits.context;
import static limbeck.kd.train.Fits.finish;
import static limbeck.kd.train.Fits.fit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.kd.Experiment;
import limbeck.kd.Tiny;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.RateDrops;
import limbeck.kd.recipe.Regularisation;
import limbeck.kd.recipe.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that was saved and resumed has the bits of one that was not stopped. */
class FitResumeTest {
  @TempDir Path folder;

  /** 45 examples in batches of 16 are 3 steps an epoch, so 9 in all, the last of each smaller. */
  @ParameterizedTest
  @ValueSource(strings = {"teacher", "student", "distilled"})
  void stoppedAtAnyStepAndResumedItIsTheSame(String id) throws Exception {
    Experiment e = Tiny.experiment("data.validation=15", "rate=0.05");
    Fit whole = finish(fit(e, id));
    assertEquals(9, whole.steps());
    assertEquals(3, whole.curves().trainLoss().length);
    assertEquals(3, whole.curves().validationLoss().length);
    for (int stop = 0; stop <= 9; stop++) {
      Path file = folder.resolve(id + stop + ".safetensors");
      Fit first = fit(e, id);
      for (int i = 0; i < stop; i++) {
        first.advance(context());
      }
      FitFile.save(first, "identity", file);
      Fit second = fit(e, id);
      assertTrue(FitFile.resume(second, "identity", file));
      assertEquals(stop, second.step());
      assertSame(whole, finish(second));
    }
  }

  @Test
  void adamIsResumedToo() throws Exception {
    Experiment e = Tiny.experiment("epochs=2");
    Arm sgd = arm(e, "student");
    var t = sgd.training();
    var adam =
        new Training(
            "adam",
            0.01,
            "linear",
            0.001,
            0,
            0.01,
            16,
            t.epochs(),
            Regularisation.NONE,
            true,
            RateDrops.NONE);
    Arm arm = Arm.alone("adam", "student", "adam", "adam", "16-8-3", adam);
    Fit whole = finish(new Fit(arm, 1, e.train(), e.train(), null, new TeacherSet()));
    Fit first = new Fit(arm, 1, e.train(), e.train(), null, new TeacherSet());
    for (int i = 0; i < 5; i++) {
      first.advance(context());
    }
    FitFile.save(first, "identity", folder.resolve("adam.safetensors"));
    Fit second = new Fit(arm, 1, e.train(), e.train(), null, new TeacherSet());
    FitFile.resume(second, "identity", folder.resolve("adam.safetensors"));
    assertSame(whole, finish(second));
  }

  /** Every step may be taken by another number of workers. */
  @Test
  void aCheckpointIsOfOneTraining() throws Exception {
    Path file = folder.resolve("a.safetensors");
    Experiment e = Tiny.experiment();
    FitFile.save(fit(e, "student"), "identity", file);
    FormatException other =
        assertThrows(
            FormatException.class, () -> FitFile.resume(fit(e, "student"), "another", file));
    assertTrue(other.getMessage().contains("checkpoint of another training"));
    FormatException shape =
        assertThrows(
            FormatException.class, () -> FitFile.resume(fit(e, "teacher"), "identity", file));
    assertTrue(shape.getMessage().contains("does not fit this training"), shape.getMessage());
    assertFalse(FitFile.resume(fit(e, "student"), "identity", folder.resolve("none")));
  }

  @Test
  void aStepThatCannotBeIsRefused() throws Exception {
    Path file = folder.resolve("a.safetensors");
    Experiment e = Tiny.experiment();
    FitFile.save(fit(e, "student"), "identity", file);
    var content = Checkpoints.loadOnly(file);
    for (String step : new String[] {"-1", "100000", "x"}) {
      Checkpoints.save(
          file,
          content.tensors(),
          Map.of("limbeck.identity", "identity", "limbeck.step", step, "limbeck.seconds", "1"));
      assertThrows(
          FormatException.class, () -> FitFile.resume(fit(e, "student"), "identity", file), step);
    }
  }

  @Test
  void whatTrainingTookGoesOnWithIt() throws Exception {
    Path file = folder.resolve("spent.safetensors");
    Experiment e = Tiny.experiment();
    Fit first = fit(e, "student");
    first.add(new Spent(3, 2.5, 10, 7));
    FitFile.save(first, "identity", file);
    long size = Files.size(file);
    assertEquals(10 + size, first.spent().bytesWritten());
    Fit second = fit(e, "student");
    FitFile.resume(second, "identity", file);
    second.add(new Spent(1, 1, 0, 1));
    assertEquals(new Spent(4, 3.5, 10 + size, 8), second.spent());
    assertEquals(second.spent(), second.trained().history().spent());
  }

  @Test
  void aDamagedCheckpointGivesWayToTheOneBefore() throws Exception {
    Path file = folder.resolve("a.safetensors");
    Experiment e = Tiny.experiment();
    Fit fit = fit(e, "student");
    for (int i = 0; i < 6; i++) {
      fit.advance(context());
      FitFile.save(fit, "identity", file);
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    Fit resumed = fit(e, "student");
    assertTrue(FitFile.resume(resumed, "identity", file));
    assertEquals(5, resumed.step());
    assertSame(finish(fit(e, "student")), finish(resumed));
    Files.write(Checkpoints.previous(file), new byte[] {1, 2, 3});
    FormatException both =
        assertThrows(
            FormatException.class, () -> FitFile.resume(fit(e, "student"), "identity", file));
    assertTrue(both.getMessage().contains("remove the file"), both.getMessage());
  }
}
