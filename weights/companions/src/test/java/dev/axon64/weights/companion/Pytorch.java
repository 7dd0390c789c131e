package dev.axon64.weights.companion;

import org.junit.jupiter.api.Assumptions;

/** The native libraries that training needs. */
final class Pytorch {
  private Pytorch() {}

  /** Skips a test, saying why, where they are not on the class path. */
  static void assume() {
    boolean present =
        Pytorch.class.getClassLoader().getResource("native/lib/pytorch.properties") != null;
    if (!present) {
      System.out.println("skipped: training needs PyTorch's libraries; -Ppytorch brings them");
    }
    Assumptions.assumeTrue(present, "training needs PyTorch's libraries; -Ppytorch brings them");
  }
}
