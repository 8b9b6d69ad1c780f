package limbeck.kd.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One clear line and an exit code for whatever is wrong with what a user gives; nothing is lost.
 */
class BadInputTest {
  private static final String IMAGES = "t10k-images-idx3-ubyte";
  private static final String LABELS = "t10k-labels-idx1-ubyte";

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void draw() throws IOException {
    data = Ran.digits(folder.resolve("data"));
  }

  private Ran run() {
    return Ran.small(data, folder.resolve("out"));
  }

  private void change(String file, byte[] bytes) throws IOException {
    Files.write(data.resolve(file), bytes);
  }

  private byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(data.resolve(file));
  }

  @Test
  void missingData() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    Ran.small(nowhere, folder.resolve("out"))
        .failsSaying(nowhere + ": no such folder; give the folder that holds the train set");
    Files.delete(data.resolve(LABELS));
    run().failsSaying(data + " holds no " + LABELS + " or " + LABELS + ".gz (or test-...)");
    Ran.of("run", "hinton-mnist")
        .isWrongUse("hinton-mnist needs data: add --data DIR, a folder with a data set");
    assertFalse(Files.exists(folder.resolve("out")));
  }

  @Test
  void damagedData() throws IOException {
    byte[] whole = bytes(IMAGES);
    change(IMAGES, Arrays.copyOf(whole, 1016));
    String file = data.resolve(IMAGES).toString();
    run().failsSaying(file + " is truncated: its header declares 156800 values, it has 1000");
    byte[] wrong = whole.clone();
    wrong[0] = 0x12;
    change(IMAGES, wrong);
    run()
        .failsSaying(
            file
                + " does not start like an IDX file of images: expected 00 00 08 03, found 12 00 08"
                + " 03");
    change(IMAGES, whole);
    byte[] zipped = bytes("train-images-idx3-ubyte.gz");
    change("train-images-idx3-ubyte.gz", Arrays.copyOf(zipped, zipped.length / 2));
    Ran cut = run();
    assertTrue(cut.err().contains("train-images-idx3-ubyte.gz is truncated or damaged"), cut.err());
  }

  @Test
  void mislabelledData() throws IOException {
    byte[] labels = bytes(LABELS);
    byte[] odd = labels.clone();
    odd[8 + 7] = 77;
    change(LABELS, odd);
    String file = data.resolve(LABELS).toString();
    run()
        .failsSaying(
            file
                + ": label 7 is 77, which is not one of the classes 0 to 9; name the classes if"
                + " there are others");
    byte[] few = Arrays.copyOf(labels, 8 + 100);
    few[7] = 100;
    change(LABELS, few);
    run()
        .failsSaying(
            data.resolve(IMAGES)
                + " has 200 images but "
                + file
                + " has 100 labels; use files of one set and split");
  }

  @Test
  void wrongWords() {
    Path out = folder.resolve("out");
    Ran.of("run", "hinton-mnits", "--data=" + data)
        .isWrongUse(
            "unknown recipe \"hinton-mnits\"; did you mean \"hinton-mnist\"? (the command"
                + " recipes lists them)");
    Ran.small(data, out, "--set=teacher.epoch=3")
        .isWrongUse("unknown setting \"teacher.epoch\"; did you mean \"teacher.epochs\"?");
    Ran.small(data, out, "--set=teacher.epochs=-3")
        .isWrongUse("teacher.epochs = \"-3\": a whole number from 0 to 1000000 expected");
    Ran.small(data, out, "--set=teacher.epochs")
        .isWrongUse("\"teacher.epochs\": key=value expected, for example student.rate=0.1");
    Ran.of("predikt")
        .isWrongUse("unknown command \"predikt\"; did you mean \"predict\"? (see limbeck --help)");
    Ran.of("recipes", "--jsn")
        .isWrongUse(
            "Unknown option: '--jsn'; did you mean \"--json\"? (see limbeck recipes --help)");
    assertFalse(Files.exists(out));
  }

  @Test
  void whatPredictCannotRead() throws IOException {
    Path out = folder.resolve("out");
    Ran.small(data, out);
    String model = out.resolve("models/distilled-seed1.safetensors").toString();
    Ran.of("predict", model, data.resolve(IMAGES).toString(), "--limit=0")
        .isWrongUse("--limit 0: a number from 1 on expected (see limbeck predict --help)");
    Ran.of("predict", model, data.toString()).failsSaying(data + " is a folder; a file is needed");
    Path blank = folder.resolve("blank.png");
    javax.imageio.ImageIO.write(
        new java.awt.image.BufferedImage(9, 9, java.awt.image.BufferedImage.TYPE_BYTE_GRAY),
        "png",
        blank.toFile());
    Ran.of("predict", model, blank.toString())
        .failsSaying(
            blank
                + ": the picture of 9 x 9 pixels, 1 channel shows no digit: its brightness hardly"
                + " varies");
    Ran.of("run", "hinton-mnist", "--set")
        .isWrongUse("Missing KEY=VALUE after --set (see limbeck run --help)");
  }

  @Test
  void seedsAreWholeNumbersOnceEach() {
    Path out = folder.resolve("out");
    Ran words = Ran.of("run", "hinton-mnist", "--data=" + data, "--seeds=one");
    words.isWrongUse(
        "Invalid value for option '--seeds' (N): 'one' is not a long (see limbeck run --help)");
    Ran.of("run", "hinton-mnist", "--data=" + data, "--out=" + out, "--seeds=1,1")
        .isWrongUse("seeds [1, 1]: different whole numbers expected, such as 1,2,3");
  }

  @Test
  void aFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine", UTF_8);
    Ran.small(data, file)
        .failsSaying(
            file + ": cannot be made and written to (Not a directory); choose another --out");
    assertTrue(Files.readString(file, UTF_8).equals("mine"));
    Ran proc = Ran.small(data, Path.of("/proc/limbeck"));
    assertTrue(proc.code() == 1, proc.err());
    assertTrue(
        proc.err().startsWith("limbeck: /proc/limbeck: cannot be made and written to ("),
        proc.err());
  }

  @Test
  void aFolderOfAnotherRunStaysAsItIs() throws IOException {
    Path out = folder.resolve("out");
    Ran.small(data, out);
    byte[] report = Files.readAllBytes(out.resolve("report.json"));
    Ran.small(data, out, "--set=student.epochs=1")
        .failsSaying(
            out
                + ": holds another run (other recipe, settings, seeds or data); choose another"
                + " --out");
    assertArrayEquals(report, Files.readAllBytes(out.resolve("report.json")));
  }

  @Test
  void halfAModel() throws IOException {
    Path out = folder.resolve("out");
    run();
    Path model = out.resolve("models/distilled-seed1.safetensors");
    byte[] whole = Files.readAllBytes(model);
    Path half =
        Files.write(folder.resolve("half.safetensors"), Arrays.copyOf(whole, whole.length / 2));
    for (String[] args :
        new String[][] {
          {"inspect", half.toString()},
          {"eval", half.toString(), "--data=" + data},
          {"predict", half.toString(), data.resolve(IMAGES).toString()}
        }) {
      Ran ran = Ran.of(args);
      assertTrue(ran.code() == 1 && ran.err().lines().count() == 1, ran.err());
      assertTrue(
          ran.err().startsWith("limbeck: safetensors: " + half + ": tensor \"fc1.weight\""),
          ran.err());
      assertTrue(ran.err().strip().endsWith("it is cut short or damaged"), ran.err());
    }
    Ran.of("eval", folder.resolve("none").toString(), "--data=" + data)
        .failsSaying(folder.resolve("none") + ": there is no such file or folder");
  }
}
