package limbeck.autograd.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.engine.op.MaskedLogSoftmax;
import limbeck.engine.op.MaskedSoftmax;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Matrix products in batches, and softmax under masks, against PyTorch. */
class ProductsOracleTest {
  private static void matmul(String caseName) {
    Oracle oracle = Oracle.of("products", "matmul." + caseName);
    String[] names = {"in.a", "in.b"};
    Var[] in = oracle.operands(names);
    oracle.check(names, in, () -> in[0].matmul(in[1]));
  }

  @Test
  void productsInBatches() {
    matmul("batch");
    matmul("shared");
    matmul("crossed");
    Oracle.of("products", "matmul.transposed").check(new MatMul(true, true), "in.a", "in.b");
  }

  @Test
  void maskedSoftmax() {
    Oracle.of("products", "maskedSoftmax").check(new MaskedSoftmax(2), "in.x", "int.mask");
  }

  /** The file has 0 in place of the −∞ of what is left out. */
  @Test
  void maskedLogSoftmax() {
    Oracle oracle = Oracle.of("products", "maskedLogSoftmax");
    Var[] in = oracle.operands("in.x", "int.mask");
    Tensor mask = oracle.get("int.mask");
    try (Tape tape = Tape.open(new OpContext())) {
      Var y = in[0].apply(new MaskedLogSoftmax(2), in[1]);
      Tensor kept = y.value().own();
      for (int i = 0; i < kept.size(); i++) {
        if (mask.get(i / 15 * 5 + i % 5) == 0) {
          assertEquals(Double.NEGATIVE_INFINITY, kept.get(i));
          kept.set(i, 0);
        }
      }
      oracle.assertClose("out", kept);
      tape.backward(y.times(Var.of(oracle.get("gradOut"))).sum());
      oracle.assertClose("grad.in.x", in[0].gradient());
    }
  }
}
