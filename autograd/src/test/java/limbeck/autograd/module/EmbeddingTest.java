package limbeck.autograd.module;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.labels;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Tracer;
import limbeck.autograd.Var;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layer around the op; what its gradients are is tested by RowSparseTest. */
class EmbeddingTest {
  private static final int ROWS = 40;

  private final Embedding layer = new Embedding(ROWS, 5);

  @Test
  void gradients() {
    Sequential model = new Sequential(layer, new Linear(5, 3));
    model.allocate(DType.F64).init(3);
    Var ids = Var.of(labels(1, 24, ROWS).reshape(Shape.of(4, 6)));
    Var weights = Var.of(normal(DType.F64, 4, 4, 6, 3));
    ModelCheck.require(model, () -> model.forward(ids).times(weights).sum(), 1e-7);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17})
  void aProgramIsTheLayer(int batch, @TempDir Path folder) throws IOException {
    layer.init(2);
    assertEquals(List.of("weight"), List.copyOf(layer.state().keySet()));
    Path file = folder.resolve("model.safetensors");
    Tracer.trace(layer, DType.I32, Shape.of(6)).save(file, Map.of());
    Tensor ids = labels(batch, batch * 6, ROWS).reshape(Shape.of(batch, 6));
    Tensor y = Tensor.zeros(DType.F32, Shape.of(batch, 6, 5));
    Program.load(file).runner(Workers.inline()).run(ids, y);
    assertSameBits(layer.infer(ids, new OpContext(Workers.inline())), y, "batch of " + batch);
  }

  @Test
  void wrongSizes() {
    assertSays("embedding: 0 rows of 5 numbers, 1 each at least", 0, 5, -1);
    assertSays("embedding: 5 rows of 0 numbers, 1 each at least", 5, 0, -1);
    assertSays("embedding: padding index 5 is no row of 5", 5, 2, 5);
    assertSays("embedding: padding index -2, a row number or -1 expected", 5, 2, -2);
  }

  private static void assertSays(String message, int rows, int width, int padding) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> new Embedding(rows, width, padding))
            .getMessage());
  }
}
