package dev.axon64.metal.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import dev.axon64.machine.dispatch.DispatchEngine;
import dev.axon64.metal.device.Device;
import dev.axon64.metal.device.Devices;
import java.util.function.Supplier;

/** The generated shader, its weights baked in, on a device. */
public final class GpuEngine implements DispatchEngine {
  private final String device;

  /** On the preferred device. */
  public GpuEngine() {
    this("");
  }

  private GpuEngine(String device) {
    this.device = device;
  }

  @Override
  public String name() {
    return device.isEmpty() ? "gpu" : "gpu:" + device;
  }

  @Override
  public DispatchEngine on(String wanted) {
    return new GpuEngine(wanted);
  }

  /** A launch costs as much as thousands of words. */
  @Override
  public int chunk() {
    return 1 << 20;
  }

  @Override
  public String description() {
    return "generated shader, on a device";
  }

  /** Opens the device, which is closed when the dispatchers are no longer used. */
  @Override
  public Supplier<? extends Dispatcher> open(Network network) {
    Device opened = Devices.named(device).open();
    try {
      DeviceDispatcher dispatcher = DeviceDispatcher.baked(opened, network);
      dispatcher.closeWhenUnused();
      return () -> dispatcher;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }
}
