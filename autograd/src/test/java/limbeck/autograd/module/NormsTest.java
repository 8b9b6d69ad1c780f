package limbeck.autograd.module;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import limbeck.autograd.Module;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group, instance and root mean square norm, and learnt slopes: traced, and what they keep. */
class NormsTest {
  @TempDir Path folder;

  @Test
  void programsAreTheLayers() throws IOException {
    TraceCheck.require(new GroupNorm(2, 6), folder, 6, 4, 5);
    TraceCheck.require(new GroupNorm(2, 6), folder, 6);
    TraceCheck.require(new InstanceNorm(3, 1e-5, true), folder, 3, 4, 5);
    TraceCheck.require(new RmsNorm(5), folder, 3, 5);
    TraceCheck.require(new PRelu(3), folder, 3, 4, 5);
    TraceCheck.require(new PRelu(), folder, 7);
  }

  /** A group's values may be moved and stretched: the result stays. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void groupsForgetPlaceAndScale(int groups) {
    Module layer = new GroupNorm(groups, 6, 1e-12).init(1);
    OpContext context = new OpContext();
    Tensor x = normal(1, 2, 6, 3, 4);
    Tensor moved = x.own();
    int each = x.size() / 2 / groups;
    for (int i = 0; i < x.size(); i++) {
      int group = i / each;
      moved.set(i, x.get(i) * (1 + group) - 5 * group);
    }
    Tensor y = layer.infer(x, context).own();
    Tensor z = layer.infer(moved, context).own();
    for (int i = 0; i < y.size(); i++) {
      assertEquals(y.get(i), z.get(i), 1e-4, "element " + i);
    }
  }

  /** One group of one channel each is what the other layer does, bit for bit. */
  @Test
  void instancesAreGroupsOfOneChannel() {
    Tensor x = normal(1, 2, 3, 4, 5);
    OpContext context = new OpContext();
    Tensor groups = new GroupNorm(3, 3).init(1).infer(x, context).own();
    assertSameBits(
        groups, new InstanceNorm(3, 1e-5, true).init(1).infer(x, context), "with parameters");
    assertSameBits(groups, new InstanceNorm(3).init(1).infer(x, context), "without");
  }

  private static void assertRefuses(String message, Runnable wrong) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, wrong::run).getMessage());
  }

  @Test
  void mistakes() {
    assertRefuses(
        "groupNorm: 6 channels do not fall into 4 equal groups", () -> new GroupNorm(4, 6));
    assertRefuses("groupNorm: epsilon 0.0 is not above 0", () -> new GroupNorm(2, 6, 0));
    assertRefuses("instanceNorm: 0 channels, 1 at least", () -> new InstanceNorm(0));
    assertRefuses("rmsNorm: rows of 0 elements, 1 at least", () -> new RmsNorm(0));
    assertRefuses("rmsNorm: epsilon NaN is not above 0", () -> new RmsNorm(3, Double.NaN));
    assertRefuses("pRelu: 0 channels, 1 at least", () -> new PRelu(0));
  }
}
