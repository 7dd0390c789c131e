package dev.axon64.system.device;

import dev.axon64.machine.memory.Devices;
import java.util.Map;
import java.util.TreeMap;

/** The devices by their physical addresses. */
public final class Bus implements Devices {
  private record Range(long size, Device device) {}

  private final TreeMap<Long, Range> ranges = new TreeMap<>();

  /** Adds a device at a range of addresses, which must be free. */
  public void add(long address, long size, Device device) {
    Map.Entry<Long, Range> before = ranges.lowerEntry(address + size);
    if (before != null && before.getKey() + before.getValue().size > address) {
      throw new IllegalArgumentException(
          "two devices at 0x%x and 0x%x".formatted(before.getKey(), address));
    }
    ranges.put(address, new Range(size, device));
  }

  private Map.Entry<Long, Range> at(long address) {
    Map.Entry<Long, Range> floor = ranges.floorEntry(address);
    return floor != null && address - floor.getKey() < floor.getValue().size ? floor : null;
  }

  @Override
  public boolean answers(long address) {
    return at(address) != null;
  }

  @Override
  public long load(long address, int size) {
    Map.Entry<Long, Range> range = at(address);
    long value = range.getValue().device.load(address - range.getKey(), size);
    return value & -1L >>> Long.SIZE - Byte.SIZE * size;
  }

  @Override
  public void store(long address, int size, long value) {
    Map.Entry<Long, Range> range = at(address);
    range.getValue().device.store(address - range.getKey(), size, value);
  }
}
