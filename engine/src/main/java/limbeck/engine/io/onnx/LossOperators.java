package limbeck.engine.io.onnx;

import java.util.List;
import java.util.Map;
import limbeck.engine.op.Div;
import limbeck.engine.op.LogSoftmax;
import limbeck.engine.op.Mul;
import limbeck.engine.op.Scale;
import limbeck.engine.op.index.Compare;
import limbeck.engine.op.index.Compare.Relation;
import limbeck.engine.op.index.IntegerMath;
import limbeck.engine.op.index.IntegerMath.Operation;
import limbeck.engine.op.layout.Gather;
import limbeck.engine.op.layout.TakeAlong;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Losses of labels. */
final class LossOperators {
  private LossOperators() {}

  static void addTo(Map<String, Operator> table) {
    Operator.add(table, "NegativeLogLikelihoodLoss", c -> loss(c, c.in(0)));
    table.put("SoftmaxCrossEntropyLoss", LossOperators::crossEntropy);
  }

  private static Value[] crossEntropy(Call c) {
    Value logs = NormOperators.along(c, new LogSoftmax(1), c.in(0), 1);
    return new Value[] {loss(c, logs), logs};
  }

  /** Of log-probabilities [batch, classes, …] and labels [batch, …], weighed by class or not. */
  private static Value loss(Call c, Value logs) {
    Value labels = c.in(1);
    Value counts = null;
    if (c.has("ignore_index")) {
      Value ignored = PairOperators.scalar(c, c.integer("ignore_index", 0));
      counts = c.emit(OnnxType.BOOL, new Compare(Relation.NOT_EQUAL), labels, ignored);
      labels = c.emit(new IntegerMath(Operation.MUL), labels, counts);
    }
    Value picked = c.emit(new TakeAlong(1), logs, ShapeOperators.unsqueeze(c, labels, 1));
    Shape[] each = c.shapes(c.in(1)::shape);
    Value terms = c.emit(new Scale(-1), c.to().reshape(picked, each));
    Value weights = c.has(2) ? c.emit(new Gather(0), c.in(2), labels) : null;
    if (counts != null) {
      Value kept = ShapeOperators.cast(c, counts, OnnxType.FLOAT);
      weights = weights == null ? kept : c.emit(new Mul(), weights, kept);
    }
    terms = weights == null ? terms : c.emit(new Mul(), terms, weights);
    String reduction = c.text("reduction", "mean");
    if (reduction.equals("none")) {
      return terms;
    }
    Value sum = c.emit(new Sum(List.of(), false), terms);
    if (reduction.equals("sum")) {
      return sum;
    }
    if (weights != null) {
      return c.emit(new Div(), sum, c.emit(new Sum(List.of(), false), weights));
    }
    Tensor[] sizes = new Tensor[c.to().samples()];
    for (int s = 0; s < sizes.length; s++) {
      sizes[s] = Tensor.of(Shape.SCALAR, (float) each[s].size());
    }
    return c.emit(new Div(), sum, Value.known(OnnxType.FLOAT, sizes));
  }
}
