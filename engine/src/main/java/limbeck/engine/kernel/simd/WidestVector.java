package limbeck.engine.kernel.simd;

import java.util.function.IntSupplier;
import jdk.incubator.vector.VectorShape;

/** Bits of the widest vectors that the JVM uses on this CPU; 64 where it uses none. */
public final class WidestVector implements IntSupplier {
  /** Loaded by name, so that nothing touches the Vector API before it is known to be there. */
  public WidestVector() {}

  @Override
  public int getAsInt() {
    return VectorShape.S_Max_BIT.vectorBitSize();
  }
}
