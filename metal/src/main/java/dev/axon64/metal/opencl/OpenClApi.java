package dev.axon64.metal.opencl;

import dev.axon64.codegen.support.InputException;
import dev.axon64.metal.device.DeviceApi;
import dev.axon64.metal.device.DeviceInfo;
import dev.axon64.metal.device.NativeCalls;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Devices of all OpenCL drivers of this machine that compile programs. */
public final class OpenClApi implements DeviceApi {
  private static final List<String> LIBRARIES =
      List.of(
          "libOpenCL.so.1",
          "libOpenCL.so",
          "/System/Library/Frameworks/OpenCL.framework/OpenCL",
          "OpenCL.dll");

  private static final long ALL_TYPES = 0xffff_ffffL;

  private final Optional<NativeCalls> library;

  /** Looks for the loader where it usually is. */
  public OpenClApi() {
    this(LIBRARIES);
  }

  OpenClApi(List<String> libraries) {
    this.library = NativeCalls.load(libraries);
  }

  @Override
  public String name() {
    return "opencl";
  }

  @Override
  public List<DeviceInfo> devices() {
    List<DeviceInfo> found = new ArrayList<>();
    library.map(ClCalls::new).ifPresent(calls -> add(calls, found));
    return found;
  }

  private static void add(ClCalls calls, List<DeviceInfo> found) {
    for (MemorySegment platform : calls.list("clGetPlatformIDs")) {
      String driver = calls.text("clGetPlatformInfo", platform, Cl.PLATFORM_VERSION);
      for (MemorySegment id : calls.list("clGetDeviceIDs", platform, ALL_TYPES)) {
        ClDeviceFacts facts = new ClDeviceFacts(calls, id);
        if (facts.usable()) {
          found.add(facts.info(driver));
        }
      }
    }
  }

  @Override
  public String absence() {
    return library.isEmpty()
        ? "there is no OpenCL loader; install one and a driver (Debian: ocl-icd-libopencl1, and"
            + " pocl-opencl-icd for the CPU)"
        : "the OpenCL loader knows no device; install a driver (Debian: pocl-opencl-icd for the"
            + " CPU)";
  }

  /** An error of a call that has no device yet. */
  static InputException error(String function, int status) {
    return new InputException("opencl", function + " fails: " + Cl.error(status));
  }
}
