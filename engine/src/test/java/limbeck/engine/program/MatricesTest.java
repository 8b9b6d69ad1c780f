package limbeck.engine.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import limbeck.engine.op.Add;
import limbeck.engine.op.Linear;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Mul;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.nn.AddPositions;
import limbeck.engine.op.nn.Embedding;
import limbeck.engine.op.nn.LayerNorm;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import org.junit.jupiter.api.Test;

/** What is narrowed in a file, and what is not. */
class MatricesTest {
  @Test
  void weightsOfLayersNotTheirBiases() {
    assertEquals(Set.of("w1", "w2"), Matrices.of(Networks.branched()));
    assertEquals(Set.of("wi", "wh", "w"), Matrices.of(Networks.recurrent()));
  }

  /** A table that is also the matrix of an output layer, norms, and one that is added to others. */
  @Test
  void tablesProductsAndWhatElseUsesThem() {
    Program.Builder b = Program.builder(Input.of("ids", DType.I32, Shape.of(3)));
    int table = b.constant("table", Networks.normal(1, 7, 4));
    int positions = b.constant("positions", Networks.normal(2, 5, 4));
    int gain = b.constant("gain", Networks.normal(3, 4));
    int bias = b.constant("bias", Networks.normal(4, 4));
    int product = b.constant("product", Networks.normal(5, 4, 4));
    int mask = b.constant("mask", Networks.normal(6, 3, 4));
    int both = b.constant("both", Networks.normal(7, 4, 4));
    int narrow = b.constant("narrow", Networks.normal(8, 4, 1));
    int out = b.constant("out", Networks.normal(9, 7));
    int rows = b.constant("rows", Networks.normal(10, 7, 4));
    int columns = b.constant("columns", Networks.normal(11, 4, 7));
    int x = b.step(new Embedding(-1), 0, table);
    x = b.step(new AddPositions(0), x, positions);
    x = b.step(new LayerNorm(1e-5), x, gain, bias);
    x = b.step(new MatMul(false, false), x, product);
    x = b.step(new Mul(), x, mask);
    x = b.step(new MatMul(false, false), x, b.step(new Mul(), both, product));
    x = b.step(new MatMul(false, false), x, both);
    x = b.step(new Add(), x, b.step(new MatMul(false, false), x, narrow));
    x = b.step(new Add(), x, b.step(new Gather(0), rows, 0));
    b.step(new Gather(1), columns, 0);
    b.step(new Linear(), x, table, out);
    // product and both are multiplied by each other too, element by element
    assertEquals(Set.of("table", "positions", "rows"), Matrices.of(b.build()));
  }
}
