package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.op.Linear;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.Attention.Keys;
import limbeck.engine.tensor.Tensor;

/** Matrix products, and attention, which is made of them. */
final class ProductEntries {
  private ProductEntries() {}

  static List<OracleEntry> all() {
    return List.of(
        new OracleEntry("matmul", ProductEntries::matmul),
        new OracleEntry("linear", ProductEntries::linear),
        new OracleEntry("attention", d -> attention(d, Keys.ALL)),
        new OracleEntry("attention with lengths", d -> attention(d, Keys.LENGTHS)),
        new OracleEntry("attention with a mask", d -> attention(d, Keys.MASK)));
  }

  private static OracleCase matmul(Draw d) {
    boolean transA = d.flag();
    boolean transB = d.flag();
    int m = d.size();
    int k = d.size();
    int n = d.size();
    int[] batch = new int[d.below(3)];
    Arrays.setAll(batch, i -> d.from(1, 3));
    return OracleCase.of(
        new MatMul(transA, transB),
        in ->
            (transA ? Torch.transposed(in[0]) : in[0])
                .matMul(transB ? Torch.transposed(in[1]) : in[1]),
        d.normal(with(d.flag() ? batch : d.stretchedTo(batch), transA ? k : m, transA ? m : k)),
        d.normal(with(d.flag() ? batch : d.stretchedTo(batch), transB ? n : k, transB ? k : n)));
  }

  private static int[] with(int[] batch, int rows, int columns) {
    int[] axes = Arrays.copyOf(batch, batch.length + 2);
    axes[batch.length] = rows;
    axes[batch.length + 1] = columns;
    return axes;
  }

  private static OracleCase linear(Draw d) {
    int width = d.size();
    int outputs = d.size();
    int[] x = d.flag() ? new int[] {d.size(), width} : new int[] {d.size(5), d.size(16), width};
    return OracleCase.of(
        new Linear(),
        in -> Torch.nn(in[0]).linear(in[0], in[1], in[2]).get(0),
        d.normal(x),
        d.normal(outputs, width),
        d.normal(outputs));
  }

  private static OracleCase attention(Draw d, Keys which) {
    boolean causal = d.flag();
    int heads = d.from(1, 3);
    int batch = d.from(1, 3);
    int queries = d.size(17);
    int keys = causal ? queries : d.size(17);
    int width = heads * d.size(8);
    int values = heads * d.size(8);
    double scale = d.oneOf(0, 0.3);
    List<Tensor> operands =
        new ArrayList<>(
            List.of(
                d.normal(batch, queries, width),
                d.normal(batch, keys, width),
                d.normal(batch, keys, values)));
    if (which == Keys.LENGTHS) {
      operands.add(d.integers(1, keys, batch));
    } else if (which == Keys.MASK) {
      Tensor mask = d.mask(batch, keys);
      for (int b = 0; b < batch; b++) {
        mask.ints()[b * keys] = 1; // the first query in causal order sees this one alone
      }
      operands.add(mask);
    }
    return new OracleCase(
        new Attention(heads, causal, which, scale),
        in ->
            attention(
                in, heads, causal, which, scale == 0 ? Math.sqrt(heads / (double) width) : scale),
        operands);
  }

  private static NDArray attention(
      NDArray[] in, int heads, boolean causal, Keys which, double scale) {
    NDArray scores = split(in[0], heads).matMul(Torch.transposed(split(in[1], heads))).mul(scale);
    long queries = in[0].getShape().get(1);
    long keys = in[1].getShape().get(1);
    NDArray number = Torch.range(in[0], keys);
    NDArray seen = number.gte(0).broadcast(scores.getShape());
    if (which == Keys.LENGTHS) {
      NDArray there = number.expandDims(0).lt(in[3].expandDims(1)); // [batch, keys]
      seen = seen.logicalAnd(there.expandDims(1).expandDims(1).broadcast(scores.getShape()));
    } else if (which == Keys.MASK) {
      NDArray there = in[3].gt(0).expandDims(1).expandDims(1);
      seen = seen.logicalAnd(there.broadcast(scores.getShape()));
    }
    if (causal) {
      NDArray earlier = number.expandDims(0).lte(Torch.range(in[0], queries).expandDims(1));
      seen = seen.logicalAnd(earlier.broadcast(scores.getShape()));
    }
    NDArray hidden = scores.zerosLike().sub(Double.POSITIVE_INFINITY);
    NDArray y = Torch.where(seen, scores, hidden).softmax(-1).matMul(split(in[2], heads));
    return y.transpose(0, 2, 1, 3).reshape(in[0].getShape().get(0), queries, -1);
  }

  /** [batch, heads, n, width of a head]. */
  private static NDArray split(NDArray x, int heads) {
    long[] axes = x.getShape().getShape();
    return x.reshape(axes[0], axes[1], heads, axes[2] / heads).transpose(0, 2, 1, 3);
  }
}
