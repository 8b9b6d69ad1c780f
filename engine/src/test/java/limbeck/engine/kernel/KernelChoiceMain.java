package limbeck.engine.kernel;

/** Prints the choice of kernels twice, or why there is none: run in JVMs of its own. */
public final class KernelChoiceMain {
  private KernelChoiceMain() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    for (int i = 0; i < 2; i++) {
      try {
        System.out.println(KernelProvider.width() + " " + KernelProvider.reason());
      } catch (IllegalArgumentException e) {
        System.out.println("error " + e.getMessage());
      }
    }
  }
}
