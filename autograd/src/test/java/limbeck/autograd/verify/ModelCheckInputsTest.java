package limbeck.autograd.verify;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.labels;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import limbeck.autograd.Buffer;
import limbeck.autograd.Module;
import limbeck.autograd.Numbers;
import limbeck.autograd.Var;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.op.CustomOp;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Checks of models of several inputs, tied, frozen and with state, and of passes done twice. */
class ModelCheckInputsTest {
  private static final double TOLERANCE = 1e-6;

  /** Two inputs, a tied weight, and a buffer that every pass changes. */
  private static final class Net extends Module {
    private final Linear left = child("left", new Linear(4, 4));
    private final Linear right = child("right", new Linear(4, 4));
    private final Linear last = child("last", new Linear(4, 3));
    private final Buffer passes = buffer("passes", Shape.SCALAR, 0);

    Net() {
      tie(right.weight(), left.weight());
    }

    Var forward(Var a, Var b) {
      passes.value().set(0, passes.value().get(0) + 1);
      return last.forward(left.forward(a).times(right.forward(b)));
    }

    @Override
    public Var forward(Var x) {
      return forward(x, x);
    }
  }

  private final Net net = new Net();
  private final Var a = Var.input(normal(DType.F64, 1, 5, 4));
  private final Var b = Var.input(normal(DType.F64, 2, 5, 4));
  private final Var labels = Var.of(labels(3, 5, 3));
  private final Supplier<Var> loss = () -> net.forward(a, b).apply(new CrossEntropy(), labels);

  ModelCheckInputsTest() {
    net.allocate(DType.F64).init(7);
  }

  private static List<String> paths(List<ModelCheck.Finding> findings) {
    return findings.stream().map(ModelCheck.Finding::path).toList();
  }

  @Test
  void gradientsOfInputsAreDerivatives() {
    Map<String, Tensor> before = Numbers.copy(net.state());
    Tensor given = a.value().own();
    ModelCheck.require(net, loss, TOLERANCE, a, b);
    assertEquals(
        List.of(
            "left.weight",
            "left.bias",
            "right.bias",
            "last.weight",
            "last.bias",
            "input 0",
            "input 1"),
        paths(ModelCheck.gradients(net, loss, a, b)));
    assertSameBits(before, net.state()); // the buffer, too
    assertSameBits(given, a.value(), "input");
  }

  @Test
  void throughAFrozenModel() {
    net.freeze(true);
    List<ModelCheck.Finding> findings = ModelCheck.gradients(net, loss, b);
    assertEquals(List.of("input 0"), paths(findings));
    assertTrue(findings.get(0).error() <= TOLERANCE, findings.toString());
    assertTrue(findings.get(0).slope() != 0);
  }

  @Test
  void layersWithoutParameters() {
    Activation gelu = Activation.gelu();
    gelu.allocate(DType.F64);
    ModelCheck.require(gelu, () -> gelu.forward(a).times(b).sum(), TOLERANCE, a, b);
  }

  @Test
  void anInputThatAsksForNothing() {
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> ModelCheck.gradients(net, loss, Var.of(a.value())))
            .getMessage();
    assertEquals("modelCheck: input [5, 4] asks for no gradient; make it by Var.input", said);
  }

  /** x, with something wrong. */
  private record Wrong(String how, int[] calls) implements CustomOp {
    @Override
    public Shape infer(Shape... in) {
      return in[0];
    }

    @Override
    public Shape saved(Shape... in) {
      return in[0];
    }

    @Override
    public void forward(OpContext c, Tensor[] in, Tensor out) {
      calls[0]++;
      out.copyFrom(in[0]);
      c.saved().fill(1);
      if (how.equals("counts")) {
        out.set(0, out.get(0) + calls[0]);
      }
    }

    @Override
    public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
      if (!how.equals("forgets")) {
        gradIn[0].copyFrom(gradOut);
      }
      if (how.equals("uses up")) {
        gradIn[0].set(2, gradIn[0].get(2) * c.saved().get(2));
        c.saved().set(2, 0.5);
      }
    }

    @Override
    public OpSpec spec() {
      return OpSpec.of("wrong").operand("x", "...");
    }
  }

  private void assertDiffers(String how, String... message) {
    Wrong wrong = new Wrong(how, new int[1]);
    AssertionError e =
        assertThrows(
            AssertionError.class,
            () ->
                ModelCheck.twice(
                    net, () -> net.last.forward(net.right.forward(b).apply(wrong)).sum(), b));
    for (String part : message) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  @Test
  void twiceIsTheSame() {
    Map<String, Tensor> before = Numbers.copy(net.state());
    ModelCheck.twice(net, loss, a, b);
    assertSameBits(before, net.state());
    Sequential single = new Sequential(new Linear(4, 30), Activation.gelu(), new Linear(30, 3));
    single.init(1);
    Var x = Var.input(normal(4, 200, 4));
    Var targets = Var.of(labels(5, 200, 3));
    ModelCheck.twice(single, () -> single.forward(x).apply(new CrossEntropy(), targets), x);
  }

  @Test
  void whatIsNotTheSameIsFound() {
    assertDiffers("counts", "modelCheck: the loss is ", "in another pass, by 3 threads, ");
    assertDiffers("uses up", "the gradient of left.weight[8]", "once more over the same tape");
    assertDiffers("forgets", "the gradient of input 0[0] is NaN");
  }
}
