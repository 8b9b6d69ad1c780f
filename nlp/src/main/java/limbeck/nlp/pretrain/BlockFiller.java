package limbeck.nlp.pretrain;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import limbeck.nlp.text.SequenceFrame;

/** Puts tokens into blocks, one after the other, and writes those that are full. */
final class BlockFiller {
  private final DataOutputStream out;
  private final SequenceFrame frame;
  private final int padding;
  private final int steps;
  private final int[] tokens;
  private int size;
  private long blocks;

  /**
   * A filler.
   *
   * @param steps of a block; the frame must leave room for a token
   */
  BlockFiller(DataOutputStream out, SequenceFrame frame, int padding, int steps) {
    int room = steps - frame.before().size() - frame.after().size();
    if (room < 1) {
      throw new IllegalArgumentException(
          "blocks: " + steps + " steps leave no room for a token within the frame");
    }
    this.out = out;
    this.frame = frame;
    this.padding = padding;
    this.steps = steps;
    this.tokens = new int[room];
  }

  void add(int[] more) throws IOException {
    for (int token : more) {
      tokens[size++] = token;
      if (size == tokens.length) {
        end();
      }
    }
  }

  /** Writes what there is as a block, filled up. */
  void end() throws IOException {
    if (size == 0) {
      return;
    }
    int[] block = frame.of(Arrays.copyOf(tokens, size), steps).ids();
    for (int t = 0; t < steps; t++) {
      out.writeShort(t < block.length ? block[t] : padding);
    }
    size = 0;
    blocks++;
  }

  long blocks() {
    return blocks;
  }
}
