package limbeck.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import limbeck.bench.workload.Products;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/**
 * What is measured must be computed, and rightly: products at elements all over C, against the sum
 * in double; row loops on all elements, against float64.
 */
class BenchCorrectnessTest {
  private static final int SAMPLES = 150;

  static Stream<Arguments> gemmBenches() throws NoSuchFieldException {
    String[] kernels = GemmBench.class.getField("kernel").getAnnotation(Param.class).value();
    String[] products = GemmBench.class.getField("product").getAnnotation(Param.class).value();
    return Stream.of(kernels).flatMap(k -> Stream.of(products).map(p -> Arguments.of(k, p)));
  }

  @ParameterizedTest
  @MethodSource("gemmBenches")
  void gemmBenchMultiplies(String kernel, String product) {
    GemmBench bench = new GemmBench();
    bench.kernel = kernel;
    bench.product = product;
    bench.workers = 2;
    bench.setUp();
    Tensor c = bench.multiply();
    bench.tearDown();
    assertRight(kernel + " " + product, bench.operands(), c);
  }

  /** JMH wants its parameters written out. */
  @Test
  void gemmBenchHasTheProductsOfTheWorkloads() throws NoSuchFieldException {
    List<String> products =
        List.of(GemmBench.class.getField("product").getAnnotation(Param.class).value());
    assertTrue(products.containsAll(Products.ALL), () -> "not all of " + Products.ALL);
  }

  @Test
  void plainLoopsMultiply() {
    Product product = new Product("nt:17:23:31");
    assertRight("plain", product, product.runPlainly());
    assertThrows(IllegalArgumentException.class, () -> new Product("nn:4:4:4").runPlainly());
  }

  private static void assertRight(String what, Product p, Tensor c) {
    assertEquals(p.m() * p.n(), c.size());
    for (int s = 0; s < SAMPLES; s++) {
      int at = (int) ((c.size() - 1L) * s / (SAMPLES - 1));
      int i = at / p.n();
      int j = at % p.n();
      double error = Math.abs(c.get(at) - p.exact(i, j));
      assertTrue(error <= p.bound(i, j), what + " [" + i + ", " + j + "] is off by " + error);
    }
  }

  private static Tensor after(RowLoop loop, String kernel) {
    RowsBench bench = new RowsBench();
    bench.kernel = kernel;
    bench.loop = loop;
    bench.n = 1200;
    bench.setUp();
    bench.run();
    return bench.operands().y;
  }

  /** Equal bits of both float providers, next to what float64 gives, and not left at zero. */
  @ParameterizedTest
  @EnumSource
  void rowsBenchComputes(RowLoop loop) {
    Tensor scalar = after(loop, "scalar");
    Tensor exact = after(loop, "f64");
    assertArrayEquals(scalar.floats(), after(loop, "simd").floats());
    double sum = 0;
    for (int i = 0; i < exact.size(); i++) {
      assertEquals(exact.get(i), scalar.get(i), 1e-5 * Math.max(1, Math.abs(exact.get(i))));
      sum += Math.abs(exact.get(i));
    }
    assertTrue(sum > 0.5, "nothing was computed");
  }

  @Test
  void productRefusesOtherTexts() {
    var e = assertThrows(IllegalArgumentException.class, () -> new Product("nx:1:2:3"));
    assertEquals("product \"nx:1:2:3\" is not of the form nt:100:1200:784", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Product("nn:0:2:3"));
  }
}
