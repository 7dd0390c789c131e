package dev.axon64.metal.opencl;

import dev.axon64.metal.device.DeviceInfo;
import dev.axon64.metal.device.DeviceInfo.Kind;
import java.lang.foreign.MemorySegment;

/** What a driver says of a device. */
record ClDeviceFacts(ClCalls calls, MemorySegment id) {
  private long number(int property) {
    return calls.number("clGetDeviceInfo", id, property);
  }

  private String text(int property) {
    return calls.text("clGetDeviceInfo", id, property);
  }

  /** Whether it can run generated programs: it compiles, is little-endian, has the full profile. */
  boolean usable() {
    return number(Cl.DEVICE_AVAILABLE) != 0
        && number(Cl.DEVICE_COMPILER_AVAILABLE) != 0
        && number(Cl.DEVICE_ENDIAN_LITTLE) != 0
        && text(Cl.DEVICE_PROFILE).equals("FULL_PROFILE");
  }

  DeviceInfo info(String platform) {
    long type = number(Cl.DEVICE_TYPE);
    Kind kind =
        (type & Cl.TYPE_GPU) != 0 ? Kind.GPU : (type & Cl.TYPE_CPU) != 0 ? Kind.CPU : Kind.OTHER;
    return new DeviceInfo(
        "opencl",
        text(Cl.DEVICE_NAME),
        platform + ", driver " + text(Cl.DRIVER_VERSION),
        kind,
        number(Cl.DEVICE_GLOBAL_MEM_SIZE),
        number(Cl.DEVICE_MAX_MEM_ALLOC_SIZE),
        () -> ClDevice.open(this, info(platform)));
  }

  boolean roundsQuotients() {
    return (number(Cl.DEVICE_SINGLE_FP_CONFIG) & Cl.CORRECTLY_ROUNDED_DIVIDE_SQRT) != 0;
  }

  int largestGroup() {
    return (int) Math.min(Integer.MAX_VALUE, number(Cl.DEVICE_MAX_WORK_GROUP_SIZE));
  }
}
