package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.function.BiFunction;
import limbeck.engine.op.Op;
import limbeck.engine.op.nn.AddPositions;
import limbeck.engine.op.nn.LastStep;
import limbeck.engine.op.nn.MaxSteps;
import limbeck.engine.op.nn.MeanSteps;
import limbeck.engine.op.nn.RotatePositions;

/** Ops on the steps of sequences: what is made of them all, and what their positions bring in. */
final class StepEntries {
  private static final int[] TIME = {0};

  private StepEntries() {}

  static List<OracleEntry> all() {
    return List.of(
        new OracleEntry(
            "lastStep",
            d ->
                ofLengths(
                    d, new LastStep(false), (x, n) -> Torch.slice(x, 0, n - 1, n).squeeze(0))),
        new OracleEntry(
            "meanSteps",
            d -> ofLengths(d, new MeanSteps(), (x, n) -> Torch.slice(x, 0, 0, n).mean(TIME))),
        new OracleEntry(
            "maxSteps",
            d -> ofLengths(d, new MaxSteps(), (x, n) -> Torch.slice(x, 0, 0, n).max(TIME))),
        new OracleEntry("addPositions", StepEntries::addPositions),
        new OracleEntry("rotatePositions", StepEntries::rotatePositions));
  }

  /** One row [width] of the steps [time, width] of each example, of which the first n count. */
  private static OracleCase ofLengths(Draw d, Op op, BiFunction<NDArray, Long, NDArray> row) {
    int batch = d.size(5);
    int time = d.size(17);
    return OracleCase.of(
        op,
        in -> {
          long[] lengths = in[1].toLongArray();
          NDList rows = new NDList();
          for (int b = 0; b < lengths.length; b++) {
            NDArray x = Torch.slice(in[0], 0, b, b + 1).squeeze(0);
            rows.add(row.apply(x, lengths[b]));
          }
          return NDArrays.stack(rows);
        },
        d.normal(batch, time, d.size(17)),
        d.integers(1, time, batch));
  }

  private static OracleCase addPositions(Draw d) {
    int first = d.below(4);
    int time = d.size(17);
    int width = d.size(17);
    return OracleCase.of(
        new AddPositions(first),
        in -> in[0].add(Torch.slice(in[1], 0, first, first + time)),
        d.normal(d.size(5), time, width),
        d.normal(first + time + d.below(3), width));
  }

  private static OracleCase rotatePositions(Draw d) {
    int first = d.below(4);
    int time = d.size(17);
    int half = d.size(16);
    int positions = first + time + d.below(3);
    return OracleCase.of(
        new RotatePositions(first),
        in -> {
          NDArray cos = Torch.slice(in[1], 0, first, first + time);
          NDArray sin = Torch.slice(in[2], 0, first, first + time);
          NDArray a = Torch.slice(in[0], 2, 0, half);
          NDArray b = Torch.slice(in[0], 2, half, 2 * half);
          return Torch.concat(2, a.mul(cos).sub(b.mul(sin)), b.mul(cos).add(a.mul(sin)));
        },
        d.normal(d.size(5), time, 2 * half),
        d.normal(positions, half),
        d.normal(positions, half));
  }
}
