package limbeck.kd.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Keeps a second process from working on a run at the same time. The system frees the lock however
 * the process ends. Where the file system knows no locks, there is none.
 */
final class FolderLock implements AutoCloseable {
  /**
   * Folders locked by this process. A second channel to a locked file must not even be opened:
   * closing it would free the first one's lock, as POSIX locks belong to processes.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final FileChannel channel;

  private FolderLock(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Locks a run's folder.
   *
   * @throws IOException if somebody else works on it, or it is not writable
   */
  static FolderLock of(Path root) throws IOException {
    Path real = root.toRealPath();
    if (!OURS.add(real)) {
      throw new IOException(
          root + ": another run of this process is at work here; wait for its end");
    }
    try {
      return new FolderLock(real, locked(root));
    } catch (Throwable t) {
      OURS.remove(real);
      throw t;
    }
  }

  private static FileChannel locked(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (busy(channel)) {
      channel.close();
      throw new IOException(root + ": another process is at work on this run; wait for its end");
    }
    return channel;
  }

  private static boolean busy(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock();
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true; // this very process, by a class loader that knows nothing of ours
    } catch (IOException e) {
      return false; // no locks here
    }
  }

  /** Removes what killed processes left half-written. Only whoever holds the lock may do so. */
  void sweep(List<Path> folders) throws IOException {
    for (Path folder : folders) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(FolderLock::isTemporary).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** As {@link limbeck.engine.io.AtomicFile} names them. */
  private static boolean isTemporary(Path file) {
    return file.getFileName().toString().matches("\\..*\\.tmp-\\d+-\\d+(\\.link)?");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      OURS.remove(root);
    }
  }
}
