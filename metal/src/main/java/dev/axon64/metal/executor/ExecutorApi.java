package dev.axon64.metal.executor;

import dev.axon64.metal.device.DeviceApi;
import dev.axon64.metal.device.DeviceInfo;
import java.util.List;

/** The processors of this machine through the Metal executor, which is always there. */
public final class ExecutorApi implements DeviceApi {
  /** The name of the interface and its only device. */
  public static final String NAME = "executor";

  private static final long LARGEST = 1L << 30;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<DeviceInfo> devices() {
    return List.of(info());
  }

  private static DeviceInfo info() {
    return new DeviceInfo(
        NAME,
        NAME,
        "Metal shaders on the JVM " + Runtime.version(),
        DeviceInfo.Kind.EXECUTOR,
        Runtime.getRuntime().maxMemory(),
        LARGEST,
        () -> new ExecutorDevice(info()));
  }

  @Override
  public String absence() {
    throw new IllegalStateException("it is always there");
  }
}
