package limbeck.engine.io;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file so that whoever opens it, after a crash or meanwhile, finds the old content or all
 * of the new, never part of it.
 *
 * <p>The content goes to a temporary file in the same folder, named {@code
 * .name.tmp-process-number}; it is forced to the disk, then renamed over the target in one step,
 * then the folder is forced to the disk where the platform can. If anything fails, the temporary
 * file is removed and the target is as it was. Only a killed process leaves its temporary file
 * behind; such a file may be deleted. An interrupt of the thread neither breaks the writing nor is
 * lost.
 *
 * <p>A symbolic link stays one: the file it points to is replaced. Paths must be of the default
 * file system.
 */
public final class AtomicFile {
  private static final int BUFFER = 1 << 16;
  private static final int NAME_PART = 60;

  private AtomicFile() {}

  /**
   * Produces the content. The stream is buffered; closing it is not needed and does nothing but
   * flush.
   */
  @FunctionalInterface
  public interface Writer {
    /** Writes all of the content. */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Replaces or creates {@code target} with what {@code writer} writes.
   *
   * @throws IOException of one line naming the file and the reason (no such folder, not writable,
   *     no space), or whatever the writer throws
   */
  public static void write(Path target, Writer writer) throws IOException {
    replace(target, null, writer);
  }

  /** Replaces or creates {@code target} with text in UTF-8. */
  public static void writeString(Path target, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    replace(target, null, out -> out.write(bytes));
  }

  /** As {@link #write}, but what was there is kept as {@code previous}, unless that is null. */
  static void replace(Path target, Path previous, Writer writer) throws IOException {
    Path real = checkedTarget(target);
    Path temporary = createTemporary(real);
    try {
      fill(temporary, target, writer);
      rename(temporary, real, previous);
    } catch (Throwable e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    syncFolder(real.getParent());
  }

  /** The file that a path leads to: itself, unless it is a symbolic link to something. */
  static Path followed(Path path) throws IOException {
    return Files.isSymbolicLink(path) && Files.exists(path) ? path.toRealPath() : path;
  }

  private static Path checkedTarget(Path target) throws IOException {
    if (target.getFileSystem() != FileSystems.getDefault()) {
      throw new IOException("cannot write " + target + ": it is not on the default file system");
    }
    Path real = followed(target.toAbsolutePath());
    Path folder = real.getParent();
    if (folder == null || Files.isDirectory(real)) {
      throw new IOException("cannot write " + target + ": it is a folder");
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "cannot write " + target + ": there is no folder " + folder + "; create it first");
    }
    return real;
  }

  /** Creates an empty file that no other thread or process uses. */
  private static Path createTemporary(Path target) throws IOException {
    String name = target.getFileName().toString();
    int cut = Math.min(NAME_PART, name.length());
    cut -= Character.isHighSurrogate(name.charAt(cut - 1)) ? 1 : 0;
    String prefix = "." + name.substring(0, cut) + ".tmp-" + ProcessHandle.current().pid() + "-";
    for (int number = 0; ; number++) {
      try {
        return Files.createFile(target.resolveSibling(prefix + number));
      } catch (FileAlreadyExistsException taken) {
        // by another thread, a process with this number elsewhere, or one that was killed
      } catch (AccessDeniedException e) {
        throw new IOException(
            "cannot write " + target + ": folder " + target.getParent() + " is not writable", e);
      } catch (IOException e) {
        throw failure(target, e);
      }
    }
  }

  /** Not through a channel: an interrupt closes channels. */
  private static void fill(Path temporary, Path target, Writer writer) throws IOException {
    try (FileOutputStream file = new FileOutputStream(temporary.toFile())) {
      OutputStream out = new BufferedOutputStream(new Unclosed(file, target), BUFFER);
      writer.write(out);
      out.flush();
      try {
        file.getFD().sync();
      } catch (IOException e) {
        throw failure(target, e);
      }
    }
  }

  private static void rename(Path temporary, Path target, Path previous) throws IOException {
    boolean moved = false;
    try {
      if (previous != null && Files.exists(target)) {
        moved = keep(target, previous, Path.of(temporary + ".link"));
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (moved) {
        Files.move(previous, target, StandardCopyOption.ATOMIC_MOVE);
      }
      throw failure(target, e);
    }
  }

  /**
   * Gives the target a second name, so that there is no moment without it; where the platform has
   * no hard links, moves it.
   *
   * @return whether it was moved
   */
  private static boolean keep(Path target, Path previous, Path link) throws IOException {
    try {
      Files.createLink(link, target);
    } catch (IOException | UnsupportedOperationException noLinks) {
      Files.move(target, previous, StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
    try {
      Files.move(link, previous, StandardCopyOption.ATOMIC_MOVE);
      return false;
    } finally {
      // after a crash both may be names of one file already, and then moving does nothing
      Files.deleteIfExists(link);
    }
  }

  /**
   * Makes the rename durable. Best effort: some platforms cannot open folders. There is only an
   * interruptible channel for this, so it has a thread of its own, out of reach of the caller's
   * interrupts.
   */
  private static void syncFolder(Path folder) {
    Thread thread =
        new Thread(
            () -> {
              try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
              } catch (IOException e) {
                // the file itself is safe; only the moment at which its new name is durable stays
                // open
              }
            },
            "limbeck-folder-sync");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError | SecurityException noThreads) {
      return;
    }
    joinThroughInterrupts(thread);
  }

  private static void joinThroughInterrupts(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static IOException failure(Path target, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new IOException("cannot write " + target + ": " + reason + space(target), e);
  }

  private static String space(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return free < 1 << 20 ? " (" + free + " bytes free in " + folder + ")" : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** The file as the writer may see it: errors name the target, and closing is left to us. */
  private static final class Unclosed extends OutputStream {
    private final FileOutputStream file;
    private final Path target;

    Unclosed(FileOutputStream file, Path target) {
      this.file = file;
      this.target = target.toAbsolutePath();
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        file.write(bytes, from, length);
      } catch (IOException e) {
        throw failure(target, e);
      }
    }
  }
}
