package limbeck.nlp.pretrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.TensorFile;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.ShapeException;
import limbeck.kd.StoppedException;

/**
 * Takes the steps of a pretraining in a folder: goes on from its checkpoint, measures now and then,
 * saves, and stops when it is asked to.
 */
final class PretrainLoop {
  private static final int MEASUREMENTS = 20;
  private static final String IDENTITY = "limbeck.identity";
  private static final String STEP = "limbeck.step";

  private final PretrainFolder folder;
  private final PretrainWatcher watcher;
  private final long checkpointNanos;
  private volatile boolean stopping;

  /**
   * A loop in a folder.
   *
   * @param checkpointSeconds of training between checkpoints
   */
  PretrainLoop(PretrainFolder folder, PretrainWatcher watcher, double checkpointSeconds) {
    this.folder = folder;
    this.watcher = watcher;
    this.checkpointNanos = (long) (checkpointSeconds * 1e9);
  }

  /** Asks it to save and stop; it may be asked before it begins. */
  void stop() {
    stopping = true;
  }

  /**
   * Puts a pretraining where the folder's checkpoint left it, if there is one.
   *
   * @throws FormatException if the checkpoint is another pretraining's, or is damaged
   * @throws IOException if it cannot be read
   */
  void resume(SteppedPretraining training, PretrainRecord record) throws IOException {
    Path file = folder.checkpoint();
    if (!Files.exists(file) && !Files.exists(Checkpoints.previous(file))) {
      return;
    }
    TensorFile content = Checkpoints.load(file);
    if (!record.hash().equals(content.metadata().get(IDENTITY))) {
      throw new FormatException(file + ": is the checkpoint of another pretraining; remove it");
    }
    try {
      training.resume(Long.parseLong(content.metadata().get(STEP)), content.tensors());
    } catch (ShapeException | NumberFormatException e) {
      throw new FormatException(file + ": does not fit this pretraining: " + e.getMessage(), e);
    }
    record.goOnFrom(training.step());
    watcher.note("resuming at step " + training.step() + " of " + training.steps());
  }

  /**
   * Takes all steps that are left, and saves the last one.
   *
   * @throws StoppedException if it was asked to stop; all is saved
   * @throws IOException if something cannot be read or written
   */
  void train(SteppedPretraining training, PretrainRecord record, OpContext context)
      throws IOException, StoppedException {
    long every = Math.max(1, training.steps() / MEASUREMENTS);
    long saved = System.nanoTime();
    if (training.step() == 0) {
      measure(training, record, Double.NaN, context);
    }
    while (training.step() < training.steps()) {
      long start = System.nanoTime();
      double loss = training.advance(context);
      record.trained((System.nanoTime() - start) * 1e-9);
      watcher.stepped(training.step(), training.steps(), loss, training.tokens());
      if (training.step() % every == 0 || training.step() == training.steps()) {
        measure(training, record, loss, context);
      }
      if (stopping || System.nanoTime() - saved > checkpointNanos) {
        save(training, record);
        saved = System.nanoTime();
      }
      if (stopping) {
        throw new StoppedException();
      }
    }
    save(training, record);
  }

  private void measure(
      SteppedPretraining training, PretrainRecord record, double loss, OpContext context)
      throws IOException {
    if (record.measured(training.step())) {
      return; // before it was stopped
    }
    SteppedPretraining.Measurement held = training.measure(context);
    record.add(training.step(), held.figures(), loss);
    watcher.note("step " + training.step() + ": " + held.line());
    record.write(training.sizes(), null);
  }

  private void save(SteppedPretraining training, PretrainRecord record) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(IDENTITY, record.hash());
    metadata.put(STEP, Long.toString(training.step()));
    Checkpoints.save(folder.checkpoint(), training.state(), metadata);
    record.write(training.sizes(), null);
  }
}
