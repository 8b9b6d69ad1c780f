package limbeck.engine.kernel;

/**
 * What the choice of kernels asks of the JVM it runs in. Questions are put one at a time, and only
 * as long as the answers are favourable: the later ones are slow.
 */
interface Environment {
  /** Property {@code limbeck.simd}; null if not set. */
  String simd();

  /** Whether the module of the Vector API is part of this JVM's module graph. */
  boolean hasVectorModule();

  /** Property {@code java.vm.info}: how the JVM compiles; null if not set. */
  String vmInfo();

  /**
   * Bits of the widest vectors of this CPU, as far as the JVM uses them.
   *
   * @throws ReflectiveOperationException if the classes that know are missing or do not start
   */
  int widestVector() throws ReflectiveOperationException;

  /** Whether {@link Math#fma(float, float, float)} is an instruction of this CPU. */
  boolean hasHardwareFma();

  /**
   * The vector kernels, at the width that property {@code limbeck.simd} asks for.
   *
   * @throws ReflectiveOperationException if they are missing or do not start
   */
  Kernels simdKernels() throws ReflectiveOperationException;

  /** The kernels that run everywhere. */
  Kernels scalarKernels();
}
