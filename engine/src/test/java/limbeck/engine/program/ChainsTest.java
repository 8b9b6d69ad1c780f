package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.op.Add;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.Linear;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.Tanh;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Which steps are done as one, and the memory that this leaves. */
class ChainsTest {
  private static final int WIDTH = 8;

  private final Program.Builder b = Program.builder(DType.F32, Shape.of(WIDTH));
  private final int w = b.constant("w", Networks.normal(1, WIDTH, WIDTH));
  private final int bias = b.constant("b", Networks.normal(2, WIDTH));
  private final int row = b.constant("row", Networks.normal(3, 1, WIDTH));

  private int linear(int x) {
    return b.step(new Linear(), x, w, bias);
  }

  /** The chains of more than one step, as lists of their steps. */
  private List<List<Integer>> chains() {
    return chains(b.build());
  }

  private static List<List<Integer>> chains(Program program) {
    Shape[] in = {Shape.of(3, WIDTH)};
    Chains chains = new Chains(program, program.infer(in));
    List<List<Integer>> found = new ArrayList<>();
    for (int i = 0; i < program.steps().size(); i++) {
      int[] rest = chains.rest(i);
      if (chains.first(i) == i && rest.length > 0) {
        List<Integer> steps = new ArrayList<>(List.of(i));
        Arrays.stream(rest).forEach(steps::add);
        found.add(steps);
      }
    }
    return found;
  }

  @Test
  void activationsAndResidualsFollow() {
    int h = b.step(new Relu(), linear(0));
    int sum = b.step(new Add(), h, linear(h));
    b.step(new Mul(), b.step(new Tanh(), sum), h);
    assertEquals(List.of(List.of(0, 1), List.of(2, 3, 4, 5)), chains());
  }

  /** Its steps lie apart, and it runs at the time of its first. */
  @Test
  void aChainNeedsWhatItReadsAtItsBeginning() {
    int first = b.step(new Relu(), linear(0));
    int left = linear(first);
    int right = linear(first);
    b.step(new Gelu(), b.step(new Add(), left, right));
    assertEquals(List.of(List.of(0, 1), List.of(3, 4, 5)), chains());
  }

  /** The sum is computed with the first chain, though its number is larger than the second's. */
  @Test
  void whatAnEarlierChainMakesIsThere() {
    int left = linear(0);
    int right = linear(0);
    int done = b.step(new Tanh(), left);
    b.step(new Add(), right, done);
    assertEquals(List.of(List.of(0, 2), List.of(1, 3)), chains());
  }

  @Test
  void whatIsReadTwiceEndsAChain() {
    int h = linear(0);
    b.step(new Add(), b.step(new Relu(), h), b.step(new Tanh(), h));
    int twice = linear(0);
    b.step(new Mul(), twice, twice);
    assertEquals(List.of(), chains());
  }

  @Test
  void otherOpsAndStretchedOperandsEndAChain() {
    int h = b.step(new Relu(), linear(0));
    int soft = b.step(new Softmax(2), h);
    int stretched = b.step(new Add(), linear(soft), row);
    b.step(new Tanh(), stretched);
    assertEquals(List.of(List.of(0, 1)), chains());
  }

  /** What comes behind an output may not be done in its memory. */
  @Test
  void anOutputEndsAChain() {
    int product = linear(0);
    int positive = b.step(new Relu(), product);
    int last = b.step(new Tanh(), positive);
    assertEquals(List.of(List.of(0, 1, 2)), chains(b.build(last)));
    assertEquals(List.of(List.of(0, 1)), chains(b.build(last, positive)));
    assertEquals(List.of(), chains(b.build(product, last)));
    assertEquals(List.of(), chains(b.build(product, product)));
    assertEquals(List.of(List.of(0, 1)), chains(b.build(positive, positive)));
  }

  /** Steps behind the output may not be done to it. */
  @Test
  void theOutputIsTheLastStepsResult() {
    int h = linear(0);
    b.step(new Relu(), h);
    linear(0);
    assertEquals(List.of(List.of(0, 1)), chains());
  }

  @Test
  void resultsWithinAChainNeedNoMemory() {
    int x = linear(0);
    for (int i = 0; i < 3; i++) {
      x = b.step(new Tanh(), b.step(new Relu(), x));
    }
    int batch = 5;
    Plan plan = new Plan(b.build(), new Shape[] {Shape.of(batch, WIDTH)}, Slabs.empty(DType.F32));
    assertEquals(48 + 16, plan.slabs().numbers().size(), "40 elements, padded, and the margin");
  }

  /** The residual is read until the chain ends: nothing may lie where it does. */
  @Test
  void aResidualStaysUntilTheChainEnds() {
    int h = b.step(new Relu(), linear(0));
    int deep = b.step(new Tanh(), linear(h));
    b.step(new Add(), linear(deep), h);
    Program program = b.build();
    float[] x = Networks.normal(9, 4, WIDTH).floats();
    float[] out = new float[x.length];
    program.runner().run(x, out);
    assertArrayEquals(Eager.run(program, Tensor.of(Shape.of(4, WIDTH), x)).own().floats(), out);
  }
}
