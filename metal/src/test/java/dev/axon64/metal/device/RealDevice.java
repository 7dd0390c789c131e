package dev.axon64.metal.device;

import org.junit.jupiter.api.Assumptions;

/** The device that tests use. */
public final class RealDevice {
  private RealDevice() {}

  /** The preferred device; without one the calling test is skipped, saying why. */
  public static DeviceInfo assumed() {
    Assumptions.assumeTrue(
        Devices.real().isPresent(),
        () -> {
          String why = "no device here (Debian: pocl-opencl-icd): comparisons on one are skipped";
          System.out.println("skipped: " + why);
          return why;
        });
    DeviceInfo info = Devices.real().get();
    System.out.println("device: " + info.name() + ", " + info.driver());
    return info;
  }
}
