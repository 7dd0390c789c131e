package dev.axon64.metal.apple;

import dev.axon64.metal.device.DeviceApi;
import dev.axon64.metal.device.DeviceInfo;
import dev.axon64.metal.device.NativeCalls;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The GPUs of a Mac. */
public final class MetalApi implements DeviceApi {
  /** What the runtime and Metal are found by; two names of one file serve as well. */
  record Libraries(String runtime, String metal) {}

  private static final Libraries OF_MACOS =
      new Libraries("/usr/lib/libobjc.A.dylib", "/System/Library/Frameworks/Metal.framework/Metal");

  private final Optional<NativeCalls> runtime;
  private final Optional<NativeCalls> metal;

  /** Looks where macOS has them. */
  public MetalApi() {
    this(OF_MACOS);
  }

  MetalApi(Libraries libraries) {
    runtime = NativeCalls.load(List.of(libraries.runtime));
    metal = runtime.isEmpty() ? runtime : NativeCalls.load(List.of(libraries.metal));
  }

  @Override
  public String name() {
    return "metal";
  }

  @Override
  public List<DeviceInfo> devices() {
    if (runtime.isEmpty() || metal.isEmpty()) {
      return List.of();
    }
    ObjC objc = new ObjC(runtime.get());
    return objc.pooled(() -> devices(objc, metal.get()));
  }

  private static List<DeviceInfo> devices(ObjC objc, NativeCalls metal) {
    List<DeviceInfo> found = new ArrayList<>();
    MemorySegment all = metal.callAddress("MTLCopyAllDevices");
    long count = all.equals(MemorySegment.NULL) ? 0 : objc.number(all, "count");
    for (long i = 0; i < count; i++) {
      found.add(info(objc, objc.object(all, "objectAtIndex:", i)));
    }
    return found;
  }

  private static DeviceInfo info(ObjC objc, MemorySegment device) {
    return new DeviceInfo(
        "metal",
        objc.text(objc.object(device, "name")),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        DeviceInfo.Kind.GPU,
        objc.number(device, "recommendedMaxWorkingSetSize"),
        objc.number(device, "maxBufferLength"),
        () -> new MtlDevice(objc, device, info(objc, device)));
  }

  @Override
  public String absence() {
    return runtime.isEmpty() ? "this is no Mac" : "macOS knows no device";
  }
}
