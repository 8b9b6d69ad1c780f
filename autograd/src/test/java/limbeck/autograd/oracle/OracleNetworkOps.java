package limbeck.autograd.oracle;

import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Dropout;
import limbeck.engine.op.Linear;
import limbeck.engine.op.MaskedLogSoftmax;
import limbeck.engine.op.MaskedSoftmax;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Op;
import limbeck.engine.op.nn.AdaptiveAvgPool;
import limbeck.engine.op.nn.AddPositions;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.Attention.Keys;
import limbeck.engine.op.nn.AvgPool;
import limbeck.engine.op.nn.BatchNorm;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.op.nn.BiLstm;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.op.nn.ConvTranspose;
import limbeck.engine.op.nn.Embedding;
import limbeck.engine.op.nn.GlobalAvgPool;
import limbeck.engine.op.nn.Gru;
import limbeck.engine.op.nn.LastStep;
import limbeck.engine.op.nn.LayerNorm;
import limbeck.engine.op.nn.Lstm;
import limbeck.engine.op.nn.MaxPool;
import limbeck.engine.op.nn.MaxSteps;
import limbeck.engine.op.nn.MeanSteps;
import limbeck.engine.op.nn.ProjectedLstm;
import limbeck.engine.op.nn.Resize;
import limbeck.engine.op.nn.RotatePositions;

/** The ops that bench/oracle/ops_networks.py has cases of, by the names that they have there. */
final class OracleNetworkOps {
  private OracleNetworkOps() {}

  static void addTo(Map<String, Op> ops) {
    ops.put("matmul", new MatMul(false, false));
    ops.put("matmul a", new MatMul(true, false));
    ops.put("matmul b", new MatMul(false, true));
    ops.put("matmul a b", new MatMul(true, true));
    ops.put("linear", new Linear());
    ops.put("maskedSoftmax 2", new MaskedSoftmax(2));
    ops.put("maskedLogSoftmax 2", new MaskedLogSoftmax(2));
    ops.put("layerNorm", new LayerNorm(1e-5));
    ops.put("batchNorm", new BatchNorm(1e-5));
    ops.put("batchNormInference", new BatchNormInference(1e-5));
    for (double rate : new double[] {0, 0.3, 0.9}) {
      ops.put("dropout " + rate, new Dropout(rate, 7, 3));
    }
    sequences(ops);
    images(ops);
  }

  private static void sequences(Map<String, Op> ops) {
    ops.put("lastStep", new LastStep(false));
    ops.put("meanSteps", new MeanSteps());
    ops.put("maxSteps", new MaxSteps());
    ops.put("addPositions 2", new AddPositions(2));
    ops.put("rotatePositions 2", new RotatePositions(2));
    ops.put("embedding", new Embedding(-1));
    ops.put("embedding padding 0", new Embedding(0));
    for (boolean reverse : new boolean[] {false, true}) {
      String key = reverse ? "lstm reverse" : "lstm";
      ops.put(key, new Lstm(reverse));
      ops.put(key + " lengths", new Lstm(reverse, true, false, false));
    }
    for (boolean reverse : new boolean[] {false, true}) {
      String key = reverse ? "gru reverse" : "gru";
      ops.put(key, new Gru(reverse));
      ops.put(key + " lengths initial", new Gru(reverse, true, true));
    }
    ops.put("lstm lengths initial", new Lstm(false, true, true, false));
    ops.put("biLstm", new BiLstm(false, false));
    ops.put("biLstm lengths", new BiLstm(true, false));
    ops.put("projectedLstm", new ProjectedLstm(false, false, 0));
    ops.put("projectedLstm lengths", new ProjectedLstm(false, true, 0));
    ops.put("projectedLstm clip 0.3", new ProjectedLstm(false, false, 0.3));
    ops.put("attention", new Attention(2, false, Keys.ALL, 0));
    ops.put("attention causal", new Attention(2, true, Keys.ALL, 0));
    ops.put("attention lengths", new Attention(2, false, Keys.LENGTHS, 0));
    ops.put("attention mask", new Attention(2, false, Keys.MASK, 0));
  }

  private static void images(Map<String, Op> ops) {
    Window one = new Window(1, 1, 0, 1);
    Window two = new Window(2, 2, 0, 1);
    List<Window> overlap = List.of(new Window(3, 2, 1, 1), new Window(5, 1, 2, 1));
    Window three = new Window(3, 1, 0, 1);
    ops.put("conv", new Conv(List.of(three, three), 1, true));
    ops.put("conv 1", new Conv(List.of(one, one), 1, true));
    ops.put(
        "conv everything",
        new Conv(List.of(new Window(3, 2, 2, 1), new Window(2, 1, 1, 3)), 2, true));
    ops.put("conv line", new Conv(List.of(new Window(3, 2, 1, 1)), 1, true));
    Window beside = new Window(3, 1, 1, 1);
    ops.put("conv winograd", new Conv(List.of(beside, beside), 1, true));
    Window third = new Window(3, 3, 2, 1);
    Window wide = new Window(2, 2, 1, 3);
    ops.put("convTranspose", new ConvTranspose(List.of(three, three), List.of(0, 0), 1, true));
    ops.put(
        "convTranspose everything",
        new ConvTranspose(List.of(third, wide), List.of(2, 0), 2, true));
    Window half = new Window(4, 2, 1, 1);
    ops.put("convTranspose line", new ConvTranspose(List.of(half), List.of(1), 1, true));
    ops.put("maxPool", new MaxPool(List.of(two, two)));
    ops.put("maxPool overlap", new MaxPool(overlap));
    ops.put("avgPool", new AvgPool(List.of(two, two), true));
    ops.put("avgPool without pad", new AvgPool(overlap, false));
    ops.put("globalAvgPool", new GlobalAvgPool());
    ops.put("resize linear 7 9", new Resize(List.of(7, 9), true));
    ops.put("resize linear 2 3", new Resize(List.of(2, 3), true));
    ops.put("resize nearest 7 2", new Resize(List.of(7, 2), false));
    ops.put("adaptiveAvgPool 1 1", new AdaptiveAvgPool(List.of(1, 1)));
    ops.put("adaptiveAvgPool 3 2", new AdaptiveAvgPool(List.of(3, 2)));
    ops.put("adaptiveAvgPool 5 7", new AdaptiveAvgPool(List.of(5, 7)));
  }
}
