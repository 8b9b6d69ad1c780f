package limbeck.engine.op;

import static limbeck.engine.op.IndexEntries.stretched;
import static limbeck.engine.verify.Precision.roundings;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.index.IntegerMath;
import limbeck.engine.op.index.IntegerMath.Operation;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpSample;

/** Integers that are computed with: exact. */
final class IntegerEntries {
  /** Around the ends, where squares wrap, where float has gaps, and around 0. */
  private static final int[] EXTREME = {
    Integer.MAX_VALUE,
    Integer.MAX_VALUE - 1,
    1 << 30,
    (1 << 24) + 1,
    65_537,
    46_341,
    3,
    1,
    0,
    -1,
    -2,
    -46_341,
    -(1 << 24) - 1,
    Integer.MIN_VALUE + 1,
    Integer.MIN_VALUE
  };

  private IntegerEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      entries.add(
          new Entry(
              new IntegerMath(operation),
              (v, i) -> of(operation, (long) stretched(v, 0, i), (long) stretched(v, 1, i)),
              roundings(0, 0),
              pairs(operation)));
    }
    return entries;
  }

  /** By numbers that hold all results, of which the low 32 bits are kept. */
  private static int of(Operation operation, long a, long b) {
    long result =
        switch (operation) {
          case ADD -> a + b;
          case SUB -> a - b;
          case MUL -> a * b;
          case DIV -> quotient(a, b);
          case REMAINDER -> a - b * quotient(a, b);
          case MODULO -> modulo(a, b);
          case MIN -> a < b ? a : b;
          case MAX -> a > b ? a : b;
          case AND -> bits(a, b, 2, 2);
          case OR -> bits(a, b, 1, 2);
          case XOR -> bits(a, b, 1, 1);
        };
    return (int) result;
  }

  private static long quotient(long a, long b) {
    long size = 0; // bit by bit
    for (int k = 31; k >= 0; k--) {
      long more = size + (1L << k);
      size = more * Math.abs(b) <= Math.abs(a) ? more : size;
    }
    return a < 0 == b < 0 ? size : -size;
  }

  private static long modulo(long a, long b) {
    long rest = a - b * quotient(a, b);
    return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
  }

  /** The bits of which at least so many, and at most so many, are set in a and b. */
  private static long bits(long a, long b, int least, int most) {
    long result = 0;
    for (int k = 0; k < 32; k++) {
      long set = (a >> k & 1) + (b >> k & 1);
      result |= set >= least && set <= most ? 1L << k : 0;
    }
    return result;
  }

  private static List<OpSample> pairs(Operation operation) {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample pair : IndexEntries.pairs()) {
      samples.add(small(pair, operation));
    }
    samples.add(small(OpSample.of("a scalar", Shape.SCALAR, Shape.of(300, 401)), operation));
    samples.add(small(OpSample.of("by a scalar", Shape.of(3, 5), Shape.SCALAR), operation));
    samples.add(small(OpSample.of("to nothing", Shape.of(2, 1), Shape.of(2, 0)), operation));
    samples.add(
        OpSample.of("extreme", Shape.of(EXTREME.length, 1), Shape.of(EXTREME.length))
            .integers(0, i -> EXTREME[i])
            .integers(1, i -> divisor(operation, EXTREME[i])));
    samples.add(OpSample.of("one operand", Shape.of(3)).refused("[a, b]", "1 given", "of 2"));
    return samples;
  }

  private static OpSample small(OpSample sample, Operation operation) {
    OpSample first = sample.integers(0, i -> i * 7 % 19 - 9);
    return first.integers(1, i -> divisor(operation, i * 5 % 11 - 5));
  }

  /** A number to divide by, if that is what is done: 0 is refused. */
  private static int divisor(Operation operation, int b) {
    boolean divides =
        switch (operation) {
          case DIV, REMAINDER, MODULO -> true;
          default -> false;
        };
    return divides && b == 0 ? 7 : b;
  }
}
