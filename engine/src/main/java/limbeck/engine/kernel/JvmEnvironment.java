package limbeck.engine.kernel;

import java.util.function.IntSupplier;
import limbeck.engine.kernel.scalar.ScalarKernels;
import limbeck.engine.math.Fma;

/** The JVM that this runs in. What touches the Vector API is loaded by name. */
final class JvmEnvironment implements Environment {
  private static final String SIMD_PACKAGE = "limbeck.engine.kernel.simd.";

  @Override
  public String simd() {
    return System.getProperty(KernelProvider.PROPERTY);
  }

  @Override
  public boolean hasVectorModule() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  @Override
  public String vmInfo() {
    return System.getProperty("java.vm.info");
  }

  @Override
  public int widestVector() throws ReflectiveOperationException {
    return load("WidestVector", IntSupplier.class).getAsInt();
  }

  @Override
  public boolean hasHardwareFma() {
    return Fma.HARDWARE;
  }

  @Override
  public Kernels simdKernels() throws ReflectiveOperationException {
    return load("SimdKernels", Kernels.class);
  }

  @Override
  public Kernels scalarKernels() {
    return new ScalarKernels();
  }

  private static <T> T load(String name, Class<T> type) throws ReflectiveOperationException {
    return type.cast(Class.forName(SIMD_PACKAGE + name).getConstructor().newInstance());
  }
}
