package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import limbeck.engine.op.Abs;
import limbeck.engine.op.Clamp;
import limbeck.engine.op.Cos;
import limbeck.engine.op.ElementwiseOp;
import limbeck.engine.op.Elu;
import limbeck.engine.op.Erf;
import limbeck.engine.op.Exp;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.GeluTanh;
import limbeck.engine.op.HardSigmoid;
import limbeck.engine.op.HardSwish;
import limbeck.engine.op.LeakyRelu;
import limbeck.engine.op.Log;
import limbeck.engine.op.Mish;
import limbeck.engine.op.Pow;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Rsqrt;
import limbeck.engine.op.Scale;
import limbeck.engine.op.Shift;
import limbeck.engine.op.Sigmoid;
import limbeck.engine.op.Silu;
import limbeck.engine.op.Sin;
import limbeck.engine.op.Softplus;
import limbeck.engine.op.Sqrt;
import limbeck.engine.op.Tanh;

/** Functions of one element. Slopes are floats, which is what DJL takes. */
final class ElementwiseEntries {
  private final List<OracleEntry> entries = new ArrayList<>();

  private ElementwiseEntries() {
    any(new Relu(), x -> Torch.nn(x).relu());
    any(new Tanh(), NDArray::tanh);
    any(new Sigmoid(), Torch::sigmoid);
    any(new Gelu(), x -> Torch.nn(x).gelu());
    add("geluTanh", ElementwiseEntries::geluTanh);
    any(new Silu(), x -> Torch.nn(x).swish(1));
    any(new Softplus(), Torch::softplus);
    any(new Exp(), NDArray::exp);
    any(new Abs(), NDArray::abs);
    any(new Erf(), NDArray::erf);
    any(new Sin(), NDArray::sin);
    any(new Cos(), NDArray::cos);
    any(new HardSigmoid(), ElementwiseEntries::hardSigmoid);
    any(new HardSwish(), x -> x.mul(hardSigmoid(x)));
    any(new Mish(), x -> x.mul(Torch.softplus(x).tanh()));
    positive(new Log(), NDArray::log);
    positive(new Sqrt(), NDArray::sqrt);
    positive(new Rsqrt(), x -> Torch.nn(x.sqrt()).rdiv(1.0));
    settings();
  }

  static List<OracleEntry> all() {
    return new ElementwiseEntries().entries;
  }

  /**
   * As a quotient: the gradient of libtorch's sigmoid is s·(1 − s), without digits where s is 1.
   */
  private static OracleCase geluTanh(Draw d) {
    return OracleCase.of(
        new GeluTanh(),
        in -> {
          NDArray x = in[0];
          NDArray z = x.add(x.mul(x).mul(x).mul(0.044715)).mul(2 * Math.sqrt(2 / Math.PI));
          return x.div(z.neg().exp().add(1.0));
        },
        d.scaled(d.oneOf(0.25, 1), d.shape(0, 3)));
  }

  private static NDArray hardSigmoid(NDArray x) {
    return x.div(6.0).add(0.5).clip(0.0, 1.0);
  }

  private void any(ElementwiseOp op, UnaryOperator<NDArray> torch) {
    entries.add(
        new OracleEntry(
            op.spec().name(),
            d -> OracleCase.of(op, in -> torch.apply(in[0]), d.normal(d.shape(0, 3)))));
  }

  private void positive(ElementwiseOp op, UnaryOperator<NDArray> torch) {
    entries.add(
        new OracleEntry(
            op.spec().name(),
            d -> OracleCase.of(op, in -> torch.apply(in[0]), d.positive(d.shape(0, 3)))));
  }

  private void settings() {
    add(
        "leakyRelu",
        d -> {
          float slope = (float) d.uniform();
          return OracleCase.of(
              new LeakyRelu(slope),
              in -> Torch.nn(in[0]).leakyRelu(slope),
              d.normal(d.shape(0, 3)));
        });
    add(
        "elu",
        d -> {
          float alpha = (float) (d.uniform() + 0.1);
          return OracleCase.of(
              new Elu(alpha), in -> Torch.nn(in[0]).elu(alpha), d.normal(d.shape(0, 3)));
        });
    add(
        "clamp",
        d -> {
          double low = -2 * d.uniform();
          double high = 2 * d.uniform();
          return OracleCase.of(
              new Clamp(low, high), in -> in[0].clip(low, high), d.normal(d.shape(0, 3)));
        });
    add(
        "pow",
        d -> {
          double exponent = d.oneOf(0, 1, 2, 3, -1, -2, 0.5, 0.4, 2.5, -0.3);
          return OracleCase.of(
              new Pow(exponent), in -> in[0].pow(exponent), d.positive(d.shape(0, 3)));
        });
    add(
        "pow of whole exponents",
        d -> {
          double exponent = d.oneOf(1, 2, 3, 4, -1, -2, -3);
          return OracleCase.of(
              new Pow(exponent), in -> in[0].pow(exponent), d.normal(d.shape(0, 3)));
        });
    add(
        "scale",
        d -> {
          double factor = 4 * d.uniform() - 2;
          return OracleCase.of(new Scale(factor), in -> in[0].mul(factor), d.normal(d.shape(0, 3)));
        });
    add(
        "shift",
        d -> {
          double term = 4 * d.uniform() - 2;
          return OracleCase.of(new Shift(term), in -> in[0].add(term), d.normal(d.shape(0, 3)));
        });
  }

  private void add(String name, Function<Draw, OracleCase> draft) {
    entries.add(new OracleEntry(name, draft));
  }
}
