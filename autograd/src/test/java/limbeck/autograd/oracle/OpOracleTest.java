package limbeck.autograd.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import limbeck.autograd.Var;
import limbeck.engine.op.BroadcastOp;
import limbeck.engine.op.CustomOp;
import limbeck.engine.op.ElementwiseOp;
import limbeck.engine.op.Op;
import limbeck.engine.op.index.IndexOp;
import limbeck.engine.op.layout.ExpandAs;
import limbeck.engine.op.layout.LayoutOp;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Ops in four kinds of input against PyTorch in float64, results and gradients. */
class OpOracleTest {
  private static final List<String> FILES =
      List.of("ops", "ops_integers", "ops_losses", "ops_networks");
  private static final Set<String> KINDS =
      new TreeSet<>(List.of("typical", "awkward", "broadcast", "extreme"));

  /** Below, PyTorch has 0 in places. */
  private static final double TINY = 1e-305;

  private static final Map<String, Op> OPS = OracleOps.all();

  /** The op of a case named {@code KEY|KIND NUMBER}. */
  private static Op op(String caseName) {
    String key = caseName.substring(0, caseName.indexOf('|'));
    Op op = OPS.get(key);
    assertNotNull(op, "OracleOps has no " + key);
    return op;
  }

  private static String kind(String caseName) {
    return caseName.substring(caseName.indexOf('|') + 1, caseName.lastIndexOf(' '));
  }

  @TestFactory
  Stream<DynamicTest> everyCaseAgrees() {
    return FILES.stream()
        .flatMap(
            file ->
                Oracle.cases(file).stream()
                    .map(
                        name ->
                            DynamicTest.dynamicTest(
                                name, () -> check(Oracle.of(file, name), op(name)))));
  }

  private static void check(Oracle oracle, Op op) {
    List<String> names = new ArrayList<>();
    List<Var> operands = new ArrayList<>();
    for (int k = 0; oracle.has("" + k); k++) {
      names.add("" + k);
      Tensor x = oracle.get("" + k);
      operands.add(op.differentiable(k) ? Var.input(x) : Var.of(x));
    }
    Var[] in = operands.toArray(Var[]::new);
    oracle.check(
        names.toArray(String[]::new),
        in,
        () -> apply(oracle, op, in),
        canCancel(op) ? 1e-12 : TINY);
  }

  /** The op; its first operand is stretched before, where the case says so. */
  private static Var apply(Oracle oracle, Op op, Var[] in) {
    Var first =
        oracle.has("like") ? in[0].apply(new ExpandAs(), Var.of(oracle.get("like"))) : in[0];
    return first.apply(op, Arrays.copyOfRange(in, 1, in.length));
  }

  /** Whether numbers are sums of terms that may be larger than they are. */
  private static boolean canCancel(Op op) {
    return !(op instanceof ElementwiseOp
        || op instanceof BroadcastOp
        || op instanceof LayoutOp
        || op instanceof IndexOp);
  }

  @Test
  void everyOpHasCasesOfEveryKind() {
    Map<Class<?>, Set<String>> kinds = new LinkedHashMap<>();
    int cases = 0;
    for (String file : FILES) {
      for (String name : Oracle.cases(file)) {
        kinds.computeIfAbsent(op(name).getClass(), k -> new TreeSet<>()).add(kind(name));
        cases++;
      }
    }
    List<String> missing = new ArrayList<>();
    for (Class<?> op : ops(Op.class, new ArrayList<>())) {
      if (!KINDS.equals(kinds.get(op))) {
        missing.add(op.getSimpleName() + " has " + kinds.get(op));
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(cases > 1000, cases + " cases");
  }

  /** The ops that the sealed interfaces permit, but for those of other modules. */
  private static List<Class<?>> ops(Class<?> type, List<Class<?>> found) {
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        ops(permitted, found);
      }
    } else if (type != CustomOp.class) {
      found.add(type);
    }
    return found;
  }
}
