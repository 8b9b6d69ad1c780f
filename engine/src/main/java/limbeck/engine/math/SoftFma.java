package limbeck.engine.math;

/**
 * Fused multiply-add of floats in double arithmetic, for CPUs without an fma instruction: a·b + c
 * rounded once.
 *
 * <p>The product of two floats is exact in double. TwoSum gives the rounded sum with c and its
 * exact error; rounding that sum to odd instead of to even keeps the information the second
 * rounding, to float, needs (Boldo and Melquiond 2008, <i>Emulation of FMA and correctly rounded
 * sums: proved algorithms using rounding to odd</i>). Right for all floats: ties, subnormal
 * results, overflow, signed zeros, infinities and NaN.
 */
final class SoftFma {
  private SoftFma() {}

  /** a·b + c, rounded once. */
  static float fma(float a, float b, float c) {
    double product = (double) a * b;
    double sum = product + c;
    double part = sum - product;
    double error = (product - (sum - part)) + (c - part);
    if (error < 0 || error > 0) { // inexact; false for the NaN that infinities leave in the error
      sum = toOdd(sum, error);
    }
    return (float) sum;
  }

  /** An inexact sum, rounded to odd: of its two neighbours, the one whose last bit is 1. */
  private static double toOdd(double sum, double error) {
    long bits = Double.doubleToRawLongBits(sum);
    if ((bits & 1) != 0) {
      return sum;
    }
    boolean away = (error > 0) == (sum > 0); // the true sum is larger in magnitude
    return Double.longBitsToDouble(away ? bits + 1 : bits - 1);
  }
}
