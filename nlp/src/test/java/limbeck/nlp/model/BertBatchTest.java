package limbeck.nlp.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import limbeck.autograd.Module;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A sequence's result has the same bits in any batch, and whatever stands behind its end. */
class BertBatchTest {
  private static final int TOKENS = 30;
  private static final BertConfig CONFIG = BertConfig.bert(TOKENS, 24, 2, 3, 40).positions(20);
  private static final BertClassifier MODEL = new BertClassifier(CONFIG, 3);

  static {
    MODEL.init(5);
  }

  private static Tokens tokens(int[][] ids, int[] lengths, int steps, SplittableRandom padding) {
    Tensor all = Tensor.zeros(DType.I32, Shape.of(ids.length, steps));
    Tensor kinds = Tensor.zeros(DType.I32, Shape.of(ids.length, steps));
    Tensor ends = Tensor.zeros(DType.I32, Shape.of(ids.length));
    for (int i = 0; i < ids.length; i++) {
      ends.set(i, lengths[i]);
      for (int t = 0; t < steps; t++) {
        boolean within = t < lengths[i];
        all.set(i * steps + t, within ? ids[i][t] : padding.nextInt(TOKENS));
        kinds.set(i * steps + t, within ? 2 * t / lengths[i] : padding.nextInt(2));
      }
    }
    return Tokens.of(all, kinds, ends);
  }

  private static float[] logits(Tokens tokens, Workers workers) {
    MODEL.evaluate();
    Tensor said = Module.infer(new OpContext(workers), () -> MODEL.forward(tokens));
    return Arrays.copyOfRange(
        said.own().floats(), said.own().offset(), said.own().offset() + said.size());
  }

  @Property(tries = 60)
  void neitherPaddingNorTheBatchShows(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int batch,
      @ForAll @IntRange(min = 1, max = 3) int threads) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] ids = new int[batch][];
    int[] lengths = new int[batch];
    int longest = 0;
    for (int i = 0; i < batch; i++) {
      lengths[i] = 1 + random.nextInt(15);
      longest = Math.max(longest, lengths[i]);
      ids[i] = random.ints(lengths[i], 0, TOKENS).toArray();
    }
    int steps = longest + random.nextInt(5);
    try (Workers workers = Workers.of(threads)) {
      float[] together = logits(tokens(ids, lengths, steps, random), workers);
      for (int i = 0; i < batch; i++) {
        Tokens single = tokens(new int[][] {ids[i]}, new int[] {lengths[i]}, lengths[i], random);
        float[] alone = logits(single, Workers.inline());
        assertArrayEquals(alone, Arrays.copyOfRange(together, 3 * i, 3 * i + 3));
      }
    }
  }

  /** The op refuses what is longer than the table of positions, before it is computed. */
  @Test
  void moreStepsThanPositionsAreRefused() {
    int[] ids = new int[21];
    Tokens tokens = tokens(new int[][] {ids}, new int[] {21}, 21, new SplittableRandom(1));
    ShapeException e = assertThrows(ShapeException.class, () -> logits(tokens, Workers.inline()));
    assertTrue(e.getMessage().contains("21") && e.getMessage().contains("20"), e.getMessage());
  }
}
