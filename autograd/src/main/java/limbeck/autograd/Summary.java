package limbeck.autograd;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Input;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;

/**
 * What a model consists of and what one example costs, op by op in the order of a forward pass in
 * evaluation mode.
 *
 * <pre>{@code
 * System.out.print(Summary.of(model, DType.F32, Shape.of(784)));
 *
 * path   type    output    parameters  trainable  multiply-adds  parameter bytes  activation bytes
 * 0      Linear  [1, 32]       25,120     25,120         25,088          100,480               128
 *        relu    [1, 32]            0          0              0                0               128
 * 2      Linear  [1, 10]          330        330            320            1,320                40
 * total                        25,450     25,450         25,408          101,800               296
 * }</pre>
 *
 * @param rows one per op, then one for each parameter that no op has read
 */
public record Summary(List<Row> rows) {
  private static final String[] TITLES = {
    "path",
    "type",
    "output",
    "parameters",
    "trainable",
    "multiply-adds",
    "parameter bytes",
    "activation bytes"
  };

  /**
   * An op of the pass.
   *
   * @param path of the layer whose parameters it reads; empty if it reads none
   * @param type the layer's class, or the op's name
   * @param output the shape of the result, for a batch of one; null if there is no result
   * @param parameters numbers learned that the op reads, and none before it has read
   * @param trainable those of them that are not frozen
   * @param multiplyAdds of the op, as {@link Op#multiplyAdds} counts them
   * @param parameterBytes bytes of the parameters
   * @param activationBytes bytes of the result, and of what is kept for backward
   */
  public record Row(
      String path,
      String type,
      Shape output,
      long parameters,
      long trainable,
      long multiplyAdds,
      long parameterBytes,
      long activationBytes) {}

  /** Keeps the rows unmodifiable. */
  public Summary {
    rows = List.copyOf(rows);
  }

  /**
   * Of a model of one input. It is left in evaluation mode.
   *
   * @param example the shape of one example, without the batch axis
   * @throws IllegalStateException if the model has no parameters yet
   */
  public static Summary of(Module model, DType inputType, Shape example) {
    return of(model, in -> model.forward(in.get(0)), Input.of("x", inputType, example));
  }

  /**
   * Of a model of several inputs, which are given as {@link Tracer#trace(Module, Function,
   * Input...)} gives them. It is left in evaluation mode.
   *
   * @throws IllegalStateException if the model has no parameters yet
   */
  public static Summary of(Module model, Function<List<Var>, Var> forward, Input... inputs) {
    model.evaluate();
    SummaryRows rows = new SummaryRows(model);
    try (Tape tape = Tape.open(new OpContext())) {
      Var result = forward.apply(Arrays.stream(inputs).map(Tracer::example).toList());
      Objects.requireNonNull(result, "the model's result");
      tape.steps().forEach(rows::add);
    }
    return new Summary(rows.complete());
  }

  /** Numbers learned. */
  public long parameters() {
    return rows.stream().mapToLong(Row::parameters).sum();
  }

  /** Numbers learned that are not frozen. */
  public long trainable() {
    return rows.stream().mapToLong(Row::trainable).sum();
  }

  /** Multiply-adds of one example. */
  public long multiplyAdds() {
    return rows.stream().mapToLong(Row::multiplyAdds).sum();
  }

  /** Bytes of all parameters. */
  public long parameterBytes() {
    return rows.stream().mapToLong(Row::parameterBytes).sum();
  }

  /** Bytes that training keeps for one example until backward is through. */
  public long activationBytes() {
    return rows.stream().mapToLong(Row::activationBytes).sum();
  }

  /** The table, with a line of totals. */
  @Override
  public String toString() {
    TextTable table = new TextTable("<<<>>>>>");
    table.row(TITLES);
    rows.forEach(r -> print(table, r));
    print(
        table,
        new Row(
            "total",
            "",
            null,
            parameters(),
            trainable(),
            multiplyAdds(),
            parameterBytes(),
            activationBytes()));
    return table.toString();
  }

  private static void print(TextTable table, Row r) {
    table.row(
        r.path,
        r.type,
        r.output == null ? "" : r.output.toString(),
        grouped(r.parameters),
        grouped(r.trainable),
        grouped(r.multiplyAdds),
        grouped(r.parameterBytes),
        grouped(r.activationBytes));
  }

  private static String grouped(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
