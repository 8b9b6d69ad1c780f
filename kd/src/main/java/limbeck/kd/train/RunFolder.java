package limbeck.kd.train;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.kd.Network;
import limbeck.kd.data.Dataset;
import limbeck.kd.recipe.Arm;

/**
 * The folder of a run: {@code run.json} says what it is, {@code models/} holds finished networks,
 * {@code checkpoints/} unfinished ones. A folder belongs to one run; started again, the run goes on
 * where it was. One process at a time works on it.
 */
public final class RunFolder implements AutoCloseable {
  private static final String MODELS = "models";
  private static final String CHECKPOINTS = "checkpoints";
  private static final int HASH_LETTERS = 12;

  private final Path root;
  private final RunLog log;
  private final List<Path> reused;
  private final FolderLock lock;
  private Path cache;

  private RunFolder(Path root, RunLog log, List<Path> reused, FolderLock lock) {
    this.root = root;
    this.log = log;
    this.reused = List.copyOf(reused);
    this.lock = lock;
  }

  /**
   * Opens a run's folder, creating it if need be, and claims it until it is closed.
   *
   * @param description what the run is; a folder that holds another run is refused untouched
   * @param reused folders of other runs, whose networks are taken where they are the very same
   * @throws IOException if the folder cannot be written, holds something else, or another process
   *     is at work on it
   */
  public static RunFolder open(Path root, Map<String, Object> description, List<Path> reused)
      throws IOException {
    for (Path other : reused) {
      if (!Files.isDirectory(other.resolve(MODELS))) {
        throw new FormatException(other + ": is no folder of a run (it has no models/)");
      }
    }
    RunLog log = RunLog.read(root, description);
    createFolders(root);
    FolderLock lock = FolderLock.of(root);
    try {
      lock.sweep(List.of(root, root.resolve(MODELS), root.resolve(CHECKPOINTS)));
      log.write();
      return new RunFolder(root, log, reused, lock);
    } catch (Throwable e) {
      lock.close();
      throw e;
    }
  }

  /**
   * The first of {@code base}, {@code base-2}, {@code base-3} … that holds no run, or the very run
   * that is described.
   */
  public static Path free(Path base, Map<String, Object> description) {
    for (int number = 1; ; number++) {
      Path folder = number == 1 ? base : base.resolveSibling(base.getFileName() + "-" + number);
      if (RunLog.fits(folder, description)) {
        return folder;
      }
    }
  }

  private static void createFolders(Path root) throws IOException {
    try {
      Files.createDirectories(root.resolve(MODELS));
      Files.createDirectories(root.resolve(CHECKPOINTS));
    } catch (IOException e) {
      throw new IOException(
          root + ": cannot be made and written to (" + reason(e) + "); choose another --out", e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return "a file is in its place";
    }
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : e.getClass().getSimpleName();
  }

  /** Notes what it took to keep what a network says, for the students that it teaches. */
  void kept(String name, Spent spent) throws IOException {
    log.kept(name, spent);
  }

  /** What it took to keep what networks say, over all starts, by {@link Trainer#name}. */
  public Map<String, Spent> kept() {
    return log.kept();
  }

  /** Notes how long this start has worked so far, in case it is killed. */
  void progress() throws IOException {
    log.progress();
  }

  /** How often this run was started and ended before its end. */
  public int interruptions() {
    return log.interruptions();
  }

  /**
   * Notes a start.
   *
   * @param now when, ISO 8601
   * @return when the run was started first
   */
  public String started(String now) throws IOException {
    return log.started(now);
  }

  /** Seconds that earlier starts worked; of one that was killed, those up to its last save. */
  public double secondsBefore() {
    return log.secondsBefore();
  }

  /** Notes that this start ended after some seconds of work, before the run's end. */
  public void stopped(double worked) throws IOException {
    log.stopped(worked);
  }

  /** Notes that the run came to its end: this start counts as no interruption. */
  public void finished(double worked) throws IOException {
    log.finished(worked);
  }

  /** The folder. */
  public Path root() {
    return root;
  }

  /** The file of a finished network. */
  public Path model(Arm arm, long seed) {
    return root.resolve(MODELS).resolve(fileName(arm.id(), seed));
  }

  Path checkpoint(Arm arm, long seed) {
    return root.resolve(CHECKPOINTS).resolve(fileName(arm.id(), seed));
  }

  private static String fileName(String arm, long seed) {
    return arm + "-seed" + seed + ".safetensors";
  }

  /** The file of what a teacher says about a data set: its logits, and activations of taps. */
  Path teacherCache(String teacherHash, String dataDigest, List<String> taps) throws IOException {
    Path folder = cache == null ? root.resolve(CHECKPOINTS) : Files.createDirectories(cache);
    String which = taps.isEmpty() ? "" : "-" + Integer.toHexString(taps.hashCode());
    return folder.resolve(
        "outputs-"
            + teacherHash.substring(0, HASH_LETTERS)
            + "-"
            + dataDigest.substring(0, HASH_LETTERS)
            + which
            + ".safetensors");
  }

  /** Keeps what teachers say in a folder that other runs share. */
  public void cache(Path shared) {
    cache = shared;
  }

  /**
   * A finished network with this identity, from this run or a reused one; null if there is none.
   *
   * @param network makes one of the arm's kind
   * @throws FormatException if a file it may be in is damaged
   */
  Trained find(Arm arm, long seed, String identity, Supplier<Network> network) throws IOException {
    List<Path> files = new ArrayList<>(List.of(model(arm, seed)));
    for (Path other : reused) {
      try (Stream<Path> models = Files.list(other.resolve(MODELS))) {
        models
            .filter(f -> f.toString().endsWith("-seed" + seed + ".safetensors"))
            .sorted()
            .forEach(files::add);
      }
    }
    for (Path file : files) {
      Trained found = Files.exists(file) ? load(arm, seed, identity, network.get(), file) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private Trained load(Arm arm, long seed, String identity, Network network, Path file)
      throws IOException {
    try {
      return TrainedFile.load(arm, seed, identity, network, file);
    } catch (FormatException e) {
      String remedy =
          file.startsWith(root)
              ? "; remove the file, and the same command trains that network again"
              : "; remove the file, or leave out --reuse " + file.getParent().getParent();
      throw new FormatException(e.getMessage() + remedy, e);
    }
  }

  void keep(Trained trained, String identity, Dataset data, Map<String, String> facts)
      throws IOException {
    TrainedFile.save(trained, identity, data, facts, model(trained.arm(), trained.seed()));
    Path checkpoint = checkpoint(trained.arm(), trained.seed());
    Files.deleteIfExists(checkpoint);
    Files.deleteIfExists(Checkpoints.previous(checkpoint));
  }

  /** Lets other processes work on the run. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
