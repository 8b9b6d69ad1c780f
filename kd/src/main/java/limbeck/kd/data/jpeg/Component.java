package limbeck.kd.data.jpeg;

/**
 * One component of a frame, brightness or a colour, and its samples (T.81, A.1 and B.2.2). Samples
 * are kept in whole blocks of 8 × 8; those to the right of {@link #width()} and below {@link
 * #height()} only fill the last blocks.
 */
final class Component {
  private final int id;
  private final int across;
  private final int down;
  private final int quantization;
  private JpegFrame frame;
  private int blocksWide;
  private byte[] samples;
  private boolean decoded;

  /**
   * A component of {@code across} × {@code down} blocks in each unit (H and V in T.81).
   *
   * @param quantization number of its quantization table
   */
  Component(int id, int across, int down, int quantization) {
    this.id = id;
    this.across = across;
    this.down = down;
    this.quantization = quantization;
  }

  /** Says which frame this is a component of. */
  void place(JpegFrame of) {
    frame = of;
  }

  /** Takes the memory of all blocks, those of whole units. */
  void allocate() {
    blocksWide = frame.unitsWide() * across;
    samples = new byte[64 * blocksWide * frame.unitsHigh() * down];
  }

  int id() {
    return id;
  }

  int across() {
    return across;
  }

  int down() {
    return down;
  }

  int quantization() {
    return quantization;
  }

  /** Pixels of the image that a sample spans, horizontally. */
  int acrossImage() {
    return frame.across() / across;
  }

  /** Pixels of the image that a sample spans, vertically. */
  int downImage() {
    return frame.down() / down;
  }

  /** Samples in a row that belong to the image. */
  int width() {
    return (frame.width() + acrossImage() - 1) / acrossImage();
  }

  /** Rows of samples that belong to the image. */
  int height() {
    return (frame.height() + downImage() - 1) / downImage();
  }

  /** Blocks side by side that hold samples of the image: those of a scan of this component. */
  int codedWide() {
    return (width() + 7) / 8;
  }

  /** And one below the other. */
  int codedHigh() {
    return (height() + 7) / 8;
  }

  /** The samples of all blocks, {@link #stride()} a row. */
  byte[] samples() {
    return samples;
  }

  int stride() {
    return 8 * blocksWide;
  }

  /** Where the samples of a block begin. */
  int block(int x, int y) {
    return 8 * (y * stride() + x);
  }

  boolean decoded() {
    return decoded;
  }

  void setDecoded() {
    decoded = true;
  }
}
