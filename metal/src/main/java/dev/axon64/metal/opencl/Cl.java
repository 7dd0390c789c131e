package dev.axon64.metal.opencl;

import java.util.Map;

/** Numbers of OpenCL's interface (CL/cl.h). */
final class Cl {
  static final int PLATFORM_VERSION = 0x0901;
  static final int DEVICE_TYPE = 0x1000;
  static final int DEVICE_MAX_WORK_GROUP_SIZE = 0x1004;
  static final int DEVICE_MAX_MEM_ALLOC_SIZE = 0x1010;
  static final int DEVICE_SINGLE_FP_CONFIG = 0x101b;
  static final int DEVICE_GLOBAL_MEM_SIZE = 0x101f;
  static final int DEVICE_ENDIAN_LITTLE = 0x1026;
  static final int DEVICE_AVAILABLE = 0x1027;
  static final int DEVICE_COMPILER_AVAILABLE = 0x1028;
  static final int DEVICE_NAME = 0x102b;
  static final int DRIVER_VERSION = 0x102d;
  static final int DEVICE_PROFILE = 0x102e;
  static final int PROGRAM_BINARY_SIZES = 0x1165;
  static final int PROGRAM_BINARIES = 0x1166;
  static final int PROGRAM_BUILD_LOG = 0x1183;

  static final long TYPE_CPU = 1 << 1;
  static final long TYPE_GPU = 1 << 2;
  static final long CORRECTLY_ROUNDED_DIVIDE_SQRT = 1 << 7;
  static final long MEM_READ_WRITE = 1;

  static final int BUILD_PROGRAM_FAILURE = -11;

  private static final Map<Integer, String> ERRORS =
      Map.ofEntries(
          Map.entry(-1, "no such device"),
          Map.entry(-2, "the device is not available"),
          Map.entry(-3, "the driver has no compiler"),
          Map.entry(-4, "too little memory on the device"),
          Map.entry(-5, "out of resources; the device may be lost, or a launch took too long"),
          Map.entry(-6, "too little memory on the host"),
          Map.entry(BUILD_PROGRAM_FAILURE, "the program does not compile"),
          Map.entry(-14, "a launch failed"),
          Map.entry(-36, "the queue is gone; the device may be lost"),
          Map.entry(-42, "the driver does not know its own binary"),
          Map.entry(-46, "no kernel of that name"),
          Map.entry(-52, "a kernel lacks an argument"),
          Map.entry(-54, "the groups are too large"),
          Map.entry(-61, "a buffer of that size is not possible"),
          Map.entry(-1001, "no driver is installed"));

  private Cl() {}

  /** What a status means. */
  static String error(int status) {
    return ERRORS.getOrDefault(status, "an error") + " (" + status + ")";
  }
}
