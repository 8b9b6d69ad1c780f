package limbeck.kd.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import limbeck.engine.io.FormatException;

/**
 * Reads labelled images from a folder that holds a folder for each class, named after it, with PNG
 * and JPEG files in it. Classes are in the order of their names, images in the order of theirs
 * within their class: by code units, so in the same order everywhere. All images have one size and
 * are all grey or all RGB; nothing is resized, and nothing is passed over, but files whose names
 * begin with a dot.
 */
public final class ImageFolder {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");

  private ImageFolder() {}

  /**
   * As {@link #read(Path, LoadProgress)}, telling nobody.
   *
   * @throws FormatException as there
   * @throws IOException as there
   */
  public static ImageDataset read(Path folder) throws IOException {
    return read(folder, LoadProgress.NONE);
  }

  /**
   * The images of a folder's class folders, as a set with the folder's name.
   *
   * @throws FormatException if there is no class, one has no image, something else lies among them,
   *     or an image cannot be read or differs in size or colour from the first; the message names
   *     the file
   * @throws IOException if something cannot be read
   */
  public static ImageDataset read(Path folder, LoadProgress progress) throws IOException {
    List<Path> classes = classes(folder);
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      List<Path> images = images(classes.get(c));
      for (Path image : images) {
        files.add(image);
        labels.add(c);
      }
    }
    Path first = files.get(0);
    ImageStack stack =
        new ImageStack(folder.toString(), files.size(), ImageFile.read(first), first.toString());
    for (int i = 0; i < files.size(); i++) {
      stack.add(ImageFile.read(files.get(i)), labels.get(i), files.get(i).toString());
      progress.read(i + 1, files.size());
    }
    return stack.dataset(name(folder.toAbsolutePath().normalize()), names(classes));
  }

  private static List<String> names(List<Path> paths) {
    return paths.stream().map(ImageFolder::name).toList();
  }

  private static String name(Path path) {
    return path.getFileName() == null ? path.toString() : path.getFileName().toString();
  }

  private static List<Path> classes(Path folder) throws IOException {
    List<Path> classes = new ArrayList<>();
    for (Path entry : sorted(folder)) {
      if (!Files.isDirectory(entry)) {
        throw new FormatException(
            entry + " is not a folder; " + folder + " must hold a folder for each class, no more");
      }
      classes.add(entry);
    }
    if (classes.isEmpty()) {
      throw new FormatException(folder + " is empty; it must hold a folder for each class");
    }
    return classes;
  }

  private static List<Path> images(Path folder) throws IOException {
    List<Path> images = sorted(folder);
    for (Path image : images) {
      String name = name(image).toLowerCase(Locale.ROOT);
      if (ENDINGS.stream().noneMatch(name::endsWith) || !Files.isRegularFile(image)) {
        throw new FormatException(
            image + " is not called like an image; only .png, .jpg and .jpeg files may be here");
      }
    }
    if (images.isEmpty()) {
      throw new FormatException(folder + " has no images; remove the class or add some");
    }
    return images;
  }

  /** What a folder holds, hidden files left out. */
  private static List<Path> sorted(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new FormatException(
          folder + (Files.exists(folder) ? " is not a folder" : ": no such folder"));
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(p -> !name(p).startsWith("."))
          .sorted((a, b) -> name(a).compareTo(name(b)))
          .toList();
    }
  }
}
