package limbeck.engine.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this JVM: the system property {@code limbeck.simd} = {@code 128}, {@code 256}
 * or {@code 512}, else the platform's preferred one within these bounds. Read once; results do not
 * depend on it.
 */
final class Width {
  /** Species of all float vectors. */
  static final VectorSpecies<Float> S =
      VectorSpecies.of(float.class, shape(System.getProperty("limbeck.simd", "auto")));

  /** Species of integer vectors of the same shape. */
  static final VectorSpecies<Integer> SI = VectorSpecies.of(int.class, S.vectorShape());

  /** Lanes of a vector: 4, 8 or 16. */
  static final int N = S.length();

  private Width() {}

  /**
   * {@code off} forbids the use of vectors, which is decided elsewhere; here it means {@code auto}.
   */
  static VectorShape shape(String property) {
    return switch (property) {
      case "128" -> VectorShape.S_128_BIT;
      case "256" -> VectorShape.S_256_BIT;
      case "512" -> VectorShape.S_512_BIT;
      case "auto", "off" ->
          VectorShape.forBitSize(
              Math.max(128, Math.min(FloatVector.SPECIES_PREFERRED.vectorBitSize(), 512)));
      default ->
          throw new IllegalArgumentException(
              "system property limbeck.simd = " + property + "; use auto, off, 128, 256 or 512");
    };
  }
}
