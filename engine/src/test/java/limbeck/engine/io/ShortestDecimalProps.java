package limbeck.engine.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ShortestDecimalProps {
  @Property
  void everyDoubleReadsBack(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      double back = Double.parseDouble(ShortestDecimal.of(value));
      assertEquals(Double.doubleToRawLongBits(value), Double.doubleToRawLongBits(back));
    }
  }

  @Property
  void everyFloatReadsBack(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    if (Float.isFinite(value)) {
      float back = Float.parseFloat(ShortestDecimal.of(value));
      assertEquals(Float.floatToRawIntBits(value), Float.floatToRawIntBits(back));
    }
  }
}
