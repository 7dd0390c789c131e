package dev.axon64.metal.grid;

import dev.axon64.codegen.network.Network;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.GuestPool;
import dev.axon64.machine.engine.Profile;
import dev.axon64.metal.device.Devices;
import java.util.List;
import java.util.function.Supplier;

/** The generated shader on a device, the network within it. */
public final class GpuKind implements EngineKind {
  private static final int MOST_SEATS = 1024;

  /** The heap that is reckoned for a waiting guest, for its pages and machine. */
  private static final long SEAT_BYTES = 2L << 20;

  private final String device;

  /** On the preferred device. */
  public GpuKind() {
    this("");
  }

  private GpuKind(String device) {
    this.device = device;
  }

  @Override
  public String name() {
    return device.isEmpty() ? "gpu" : "gpu:" + device;
  }

  @Override
  public EngineKind on(String wanted) {
    return new GpuKind(wanted);
  }

  @Override
  public List<Engines.Policy> policies() {
    return List.of(Engines.Policy.EACH);
  }

  /** Those that the shader can look up. */
  @Override
  public int addressBits() {
    return 48;
  }

  @Override
  public boolean profiles() {
    return false;
  }

  /** As many guests as keep a device busy. */
  @Override
  public GuestPool pool(Network network, Engines.Policy policy) {
    GuestDevice opened = GuestDevice.open(Devices.named(device).open(), network);
    return new GuestPool() {
      @Override
      public int seats() {
        long room = Runtime.getRuntime().maxMemory() / 2 / SEAT_BYTES;
        return Math.clamp(room, 1, MOST_SEATS);
      }

      @Override
      public Seat seat() {
        GuestSession session = opened.session();
        return new Seat() {
          @Override
          public Supplier<Engine> engines() {
            return session::engine;
          }

          @Override
          public void close() {
            session.close();
          }
        };
      }

      @Override
      public void close() {
        opened.close();
      }
    };
  }

  /** The device stays open as long as this process, or until nothing uses its engines. */
  @Override
  public Supplier<Engine> open(Network network, Engines.Policy policy, Profile profile) {
    return GuestDevice.open(Devices.named(device).open(), network).session()::engine;
  }
}
