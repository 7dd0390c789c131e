package dev.axon64.metal.grid;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.state.CpuState;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Engines of one machine, whose guests execute on a device. Used by one thread at a time.
 *
 * @see GuestDevice#session
 */
public final class GuestSession implements AutoCloseable {
  private final GuestDevice device;
  private final Map<AddressSpace, SpaceImage> images = new IdentityHashMap<>();

  GuestSession(GuestDevice device) {
    this.device = device;
  }

  /** An engine for some of the machine's guests. */
  public Engine engine() {
    return new Engine() {
      private long executed;

      @Override
      public Stop run(CpuState cpu, long budget) {
        Turn turn = device.execute(image(cpu.memory), cpu, budget);
        executed = turn.executed();
        return turn.await();
      }

      @Override
      public long executed() {
        return executed;
      }
    };
  }

  private SpaceImage image(AddressSpace space) {
    SpaceImage known = images.get(space);
    if (known != null) {
      return known;
    }
    List<SpaceImage> gone =
        images.values().stream().filter(image -> image.space().mappingCount() == 0).toList();
    gone.forEach(image -> images.remove(image.space()));
    device.release(gone);
    SpaceImage made = device.image(space);
    images.put(space, made);
    return made;
  }

  /** Gives the guests' memory on the device back. */
  @Override
  public void close() {
    device.release(List.copyOf(images.values()));
    images.clear();
  }
}
